#include "http/document.hpp"

namespace dockerhub::http {
namespace {

constexpr int kOk = 200;

}  // namespace

Result<Url> safe_address(std::string_view url) {
  auto address = parse_url(url);
  if (!address || address->origin.secure() || address->origin.is_local()) return address;
  Error error;
  error.kind = ErrorKind::parameter;
  error.message = "'" + visible(address->without_query()) +
                  "' can be changed by others on its way to this machine";
  error.hint = "Give an address with https.";
  return Failure(std::move(error));
}

Result<std::string> fetch_document(Client& client, std::string_view url,
                                   const DocumentLimits& limits, const std::stop_token& stop) {
  auto address = safe_address(url);
  if (!address) return Failure(std::move(address.error()));
  Request request;
  request.url = std::move(*address);
  request.headers.set("Accept", "application/json");
  request.timeout = limits.time;
  request.follow_redirects = false;
  const std::string name = request.url.without_query();
  Result<Answer> answer = client.fetch(std::move(request), {{}, stop}, limits.bytes);
  if (!answer) return Failure(std::move(answer.error()));
  if (answer->response.status_code == kOk) return std::move(answer->body);
  Error error;
  error.kind = ErrorKind::api;
  error.status_code = answer->response.status_code;
  error.message = name + " answered " + std::to_string(answer->response.status_code);
  error.hint = "Check the address.";
  return Failure(std::move(error));
}

}  // namespace dockerhub::http
