#include "state_bounds.hpp"

#include <utility>

#include "http/message.hpp"

namespace dockerhub::rest {

Failure no_place(Full full, const std::string& what) {
  const bool of_one = full == Full::of_one;
  Error error;
  error.kind = ErrorKind::unsupported;
  error.status_code = of_one ? web::status::kTooManyRequests : web::status::kUnavailable;
  error.message =
      "the server keeps as many " + what + " as " + (of_one ? "one caller may have" : "it can");
  error.hint = "Try again later.";
  error.retry_after = std::chrono::minutes(1);
  return Failure(std::move(error));
}

}  // namespace dockerhub::rest
