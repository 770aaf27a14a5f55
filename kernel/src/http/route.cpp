#include "http/route.hpp"

#include <algorithm>
#include <array>

#include "http/http_error.hpp"

namespace dockerhub::http {
namespace {

constexpr int kMostRedirects = 5;
constexpr std::array kRedirects = {301, 302, 303, 307, 308};

Failure refused(const std::string& what) {
  return network_failure("redirect refused: " + what,
                         "The server is set up wrongly, or means no good. Ask its operator.");
}

}  // namespace

bool Route::allows(bool private_address) const {
  return !private_address || at_home_ || first_is_private_.value_or(false);
}

void Route::connected(bool private_address) {
  if (!first_is_private_) first_is_private_ = private_address;
}

Result<bool> Route::redirect(std::string_view method, int status_code, const Headers& headers) {
  const bool known =
      std::find(kRedirects.begin(), kRedirects.end(), status_code) != kRedirects.end();
  const auto location = headers.find("Location");
  if (!known || !location || (method != "GET" && method != "HEAD")) return false;
  if (redirects_ == kMostRedirects) return false;
  auto target = resolve(url_, *location);
  if (!target) return refused(target.error().message);
  if (url_.origin.secure() && !target->origin.secure())
    return refused("from https to http, " + target->without_query());
  ++redirects_;
  at_home_ = at_home_ && target->origin == first_;
  url_ = std::move(*target);
  return true;
}

}  // namespace dockerhub::http
