#include "http/proxy.hpp"

#include "http/http_error.hpp"

namespace dockerhub::http {

const Proxy* ProxyRules::of(const Origin& origin) const {
  const std::optional<Proxy>& proxy = origin.secure() ? for_https : for_http;
  if (!proxy || origin.is_local() || exceptions.covers(origin)) return nullptr;
  return &*proxy;
}

Error proxy_wants_login(const Proxy& proxy) {
  const bool refused = proxy.authorization != nullptr;
  return network_failure(
             proxy.name() + (refused ? " refuses the user name and password it was given (407)"
                                     : " wants a user name and password (407)"),
             "Set " + proxy.setting + " to http://USER:PASSWORD@" + proxy.origin.authority() +
                 ", in the environment or in your configuration file.")
      .value();
}

}  // namespace dockerhub::http
