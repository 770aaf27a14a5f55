#include "http/http_error.hpp"

#include <system_error>

namespace dockerhub::http {

Failure network_failure(std::string message, std::string hint) {
  Error error;
  error.kind = ErrorKind::network;
  error.message = std::move(message);
  error.hint = std::move(hint);
  return Failure(std::move(error));
}

Failure malformed(std::string what) {
  return network_failure("malformed answer: " + std::move(what),
                         "Something between here and the server breaks HTTP, or it is no HTTP "
                         "server. Check the address, and whether a proxy stands between.");
}

std::string system_text(int number) {
  return std::generic_category().message(number);
}

}  // namespace dockerhub::http
