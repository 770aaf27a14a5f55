#include "credentials/realm_rule.hpp"

#include <algorithm>

#include "config/hosts.hpp"

namespace dockerhub {
namespace {

constexpr std::string_view kDockersTokenService = "auth.docker.io";

Failure refuse(const http::Origin& registry, const http::Url& realm, std::string why,
               std::string hint) {
  Error error;
  error.kind = ErrorKind::auth;
  error.message = "the registry " + registry.text() + " sends log-ins to " + realm.without_query() +
                  ", " + std::move(why);
  error.hint = std::move(hint);
  return Failure(std::move(error));
}

// "registry[:port]=service" of the setting, for this registry and service.
bool is_pair(std::string_view pair, const http::Origin& registry, const std::string& service) {
  const std::size_t equals = pair.find('=');
  const std::string_view left = pair.substr(0, equals);
  return pair.substr(equals + 1) == service &&
         (left == registry.authority() || left == registry.host_and_port());
}

}  // namespace

RealmRule::RealmRule(const Configuration& configuration, std::shared_ptr<const Account> account)
    : account_(std::move(account)),
      auth_url_(url_setting(configuration, "registry.auth_url")),
      pairs_(configuration.list("registry.realms")) {}

bool RealmRule::is_its_own(const http::Origin& registry, const http::Url& realm,
                           const Login* login) const {
  const std::string& service = realm.origin.host;
  if (service == registry.host) return true;
  if (service == kDockersTokenService && is_docker_registry(registry)) return true;
  if (service == auth_url_.origin.host && account_->names_token_service(registry, login))
    return true;
  return std::any_of(pairs_.begin(), pairs_.end(),
                     [&](const std::string& pair) { return is_pair(pair, registry, service); });
}

Result<void> RealmRule::check(const http::Origin& registry, const http::Url& realm,
                              const Login* login) const {
  const std::string& service = realm.origin.host;
  const bool local = registry.is_local();
  if (!realm.origin.secure() && !(local && realm.origin.is_local())) {
    return refuse(registry, realm, "where nothing is encrypted",
                  "Ask the registry's operator for a token service with https.");
  }
  if (is_its_own(registry, realm, login)) return {};
  if (login != nullptr) {
    return refuse(registry, realm,
                  "which is not known to belong to it; " + login->source + " is not sent there",
                  "If it does belong to it, add " + registry.authority() + "=" + service +
                      " to registry.realms in your configuration file.");
  }
  const bool within = http::is_loopback(service) || http::is_private_address(service);
  if (within && !local && !http::is_private_address(registry.host)) {
    return refuse(registry, realm, "an address within this machine or net",
                  "If it is meant, add " + registry.authority() + "=" + service +
                      " to registry.realms in your configuration file.");
  }
  return {};
}

}  // namespace dockerhub
