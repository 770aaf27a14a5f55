#include "faults/request_faults.hpp"

#include <strings.h>

#include <string>
#include <utility>

#include "encoding/query.hpp"

namespace dockerhub::sandbox {
namespace {

std::string without_scope(std::string_view text) {
  std::string rest;
  const Query query(text);
  for (const auto& [name, value] : query.parameters()) {
    if (name == "scope") continue;
    if (!rest.empty()) rest += '&';
    rest += percent_encode(name) + '=' + percent_encode(value);
  }
  return rest;
}

}  // namespace

void expire_token(Request& request, const FaultParameters&) {
  std::erase_if(request.headers, [](const Header& header) {
    return strcasecmp(header.name.c_str(), "Authorization") == 0;
  });
  request.headers.push_back({"Authorization", "Bearer ended.long.ago"});
}

void withhold_scope(Request& request, const FaultParameters&) {
  request.query = without_scope(request.query);
  const std::string type = request.header("Content-Type").value_or("");
  if (type.starts_with("application/x-www-form-urlencoded"))
    request.body = without_scope(request.body);
}

}  // namespace dockerhub::sandbox
