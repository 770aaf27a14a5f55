#include "credentials/login_request.hpp"

#include "http/client.hpp"

namespace dockerhub {

http::Request login_request(std::string method, http::Url url) {
  http::Request request;
  request.method = std::move(method);
  request.url = std::move(url);
  request.headers.set("Accept", "application/json");
  request.timeout = kLoginTime;
  request.follow_redirects = false;
  request.repeatable = true;
  return request;
}

void append_secret(std::string& form, std::string_view name, const Secret& value) {
  constexpr std::size_t kLongestByte = 3;  // %XX
  form.reserve(form.size() + name.size() + value.reveal().size() * kLongestByte + 2);
  std::string encoded = http::encode_query(value.reveal());
  ((form += '&') += name) += '=';
  form += encoded;
  wipe(encoded.data(), encoded.size());
}

Error login_error(const http::Request& request, const http::Answer& answer, std::string refused,
                  std::string hint) {
  const int status = answer.response.status_code;
  Error error;
  error.request = request.method + ' ' + request.url.path;
  error.status_code = status;
  if (status == 401 || status == 403) {
    error.kind = ErrorKind::auth;
    error.message = std::move(refused);
    error.hint = std::move(hint);
    return error;
  }
  error.kind = ErrorKind::api;
  error.message =
      request.url.origin.text() + " answered a log-in with HTTP " + std::to_string(status);
  error.hint = status == 429 ? "It allows few log-ins at a time. Wait, then try again."
                             : "Check the address of the service, or try again later.";
  error.retry_after = http::retry_delay(answer.response.headers, std::chrono::system_clock::now());
  return error;
}

}  // namespace dockerhub
