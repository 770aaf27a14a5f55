// Through which HTTP proxy (RFC 9110 3.7) a request goes, if through any. Immutable; any thread.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "credentials/secret.hpp"
#include "http/no_proxy.hpp"
#include "http/url.hpp"

namespace dockerhub::http {

struct Proxy {
  Origin origin;  // spoken to without TLS
  // Value of Proxy-Authorization, or nullptr. Goes to the proxy alone.
  std::shared_ptr<const Secret> authorization;
  std::string setting;  // that named it, for errors

  std::string name() const { return "the proxy " + origin.authority(); }
};

struct ProxyRules {
  std::optional<Proxy> for_http, for_https;
  NoProxy exceptions;

  // nullptr: straight to the host. This machine is never reached through a proxy.
  const Proxy* of(const Origin& origin) const;
};

// What a proxy says with 407.
Error proxy_wants_login(const Proxy& proxy);

}  // namespace dockerhub::http
