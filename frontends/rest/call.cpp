#include "call.hpp"

#include "server/hex.hpp"
#include "server/json.hpp"

namespace dockerhub::rest {
namespace {

constexpr std::size_t kDigestBytes = 32;

}  // namespace

Call::~Call() {
  server::json::wipe(request.params);
}

std::string Call::digest() const {
  // No name of a tool, action or field has a newline in it, and the parameters come last.
  std::string text = request.tool + '\n' + request.action + '\n';
  for (const std::string& field : request.options.fields) text += field + '\n';
  text += std::to_string(request.options.max_items.value_or(0));
  text += request.options.all_pages ? "\nall\n" : "\n\n";
  return server::sha256_hex(text + request.params, kDigestBytes);
}

}  // namespace dockerhub::rest
