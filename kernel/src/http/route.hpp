// Where a request goes now, over its redirects, and what may go along (registry rules: at most five
// redirects, of GET and HEAD, never from https to http, no credential to another origin, no stranger
// makes us ask an address of this machine or of a private net). One exchange, one thread.
#pragma once

#include <optional>
#include <string_view>

#include "dockerhub/kernel.hpp"
#include "http/headers.hpp"
#include "http/url.hpp"

namespace dockerhub::http {

class Route {
 public:
  explicit Route(Url first) : first_(first.origin), url_(std::move(first)) {}

  const Url& url() const { return url_; }

  // Never left the first origin: credentials may go along. Whoever left it does not come back to them.
  bool at_home() const { return at_home_; }

  // Whether this request may go to such an address: decided by where the first one was connected to.
  bool allows(bool private_address) const;
  void connected(bool private_address);

  // Goes where the answer points to. False: it is no redirect that is followed. Errors: network.
  Result<bool> redirect(std::string_view method, int status_code, const Headers& headers);

 private:
  Origin first_;
  Url url_;
  int redirects_ = 0;
  bool at_home_ = true;
  std::optional<bool> first_is_private_;
};

}  // namespace dockerhub::http
