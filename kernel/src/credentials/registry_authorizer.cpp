#include "credentials/registry_authorizer.hpp"

#include "config/hosts.hpp"

namespace dockerhub {
namespace {

// "NAME" of the first "repository:NAME:actions".
std::string repository_in(std::string_view scope) {
  constexpr std::string_view kType = "repository:";
  if (scope.substr(0, kType.size()) != kType) return {};
  const std::string_view first = scope.substr(kType.size(), scope.find(' ') - kType.size());
  return std::string(first.substr(0, first.rfind(':')));
}

Failure unusable_realm(const http::Origin& registry, const Error& why) {
  Error error;
  error.kind = ErrorKind::auth;
  error.message =
      "the registry " + registry.text() + " names no usable token service: " + why.message;
  error.hint = "Tell its operator.";
  return Failure(std::move(error));
}

}  // namespace

RegistryAccess::RegistryAccess(const Configuration& configuration,
                               const std::shared_ptr<const Account>& account, const Fetch& fetch,
                               const Clocks& clocks, const LoginPlaces::Warn& warn,
                               const std::shared_ptr<KeylessLogin>& keyless,
                               const std::shared_ptr<TokenStore>& store,
                               const std::shared_ptr<StoredLogin>& stored)
    : logins(configuration, account, clocks, warn, keyless, stored),
      realms(configuration, account),
      tokens(fetch, clocks, configuration.impl().book, store) {
  // Docker's own need not be asked first.
  const http::Origin registry = built_in_url("registry.url").origin;
  const Login* const login = account->for_registry(registry).get();
  http::Url realm = account->names_token_service(registry, login)
                        ? url_setting(configuration, "registry.auth_url")
                        : built_in_url("registry.auth_url");
  challenges.learn(registry, {false, std::move(realm), "registry.docker.io"});
}

RegistryAuthorizer::RegistryAuthorizer(std::shared_ptr<RegistryAccess> access,
                                       http::Origin registry, std::string_view scope)
    : access_(std::move(access)),
      target_{std::move(registry), repository_in(scope)},
      scopes_(scope) {}

Result<std::shared_ptr<const Secret>> RegistryAuthorizer::authorization(
    const http::Request& request, const http::Control& control) {
  if (request.url.origin != target_.registry) return nullptr;
  const auto known = access_->challenges.of(target_.registry);
  if (!known) return nullptr;
  if (known->basic) return basic(control);
  return token(*known, control);
}

Result<RegistryAuthorizer::Header> RegistryAuthorizer::basic(const http::Control& control) {
  const auto login = access_->logins.find(target_, control);
  if (!login) return Failure(login.error());
  return *login ? (*login)->basic : nullptr;
}

Result<RegistryAuthorizer::Header> RegistryAuthorizer::token(const RegistryChallenge& challenge,
                                                             const http::Control& control) {
  Scopes scopes;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    // Without a scope a request may need no token at all.
    if (scopes_.empty() && !asked_) return nullptr;
    scopes = scopes_;
  }
  const auto login = access_->logins.find(target_, control);
  if (!login) return Failure(login.error());
  if (*login && (*login)->registry_token)
    return SecretBook::with_scheme("Bearer", (*login)->registry_token);
  const auto allowed = access_->realms.check(target_.registry, challenge.realm, login->get());
  if (!allowed) return Failure(allowed.error());
  auto header = access_->tokens.get({challenge.realm, challenge.service, *login, scopes}, control);
  if (header || header.error().kind != ErrorKind::auth) return header;
  access_->logins.forget(target_);
  // A helper or an exchange may have another one by now; the same one is not sent again.
  const auto another = access_->logins.find(target_, control);
  if (!*login || !another || !*another || (*another)->fingerprint() == (*login)->fingerprint())
    return header;
  return access_->tokens.get({challenge.realm, challenge.service, *another, scopes}, control);
}

Result<bool> RegistryAuthorizer::challenged(const http::Request& request,
                                            const http::Response& response, const Header& used,
                                            const http::Control& control) {
  if (request.url.origin != target_.registry) return false;
  const std::vector<Challenge> challenges = challenges_of(response.headers);
  const Challenge* const challenge = preferred(challenges);
  if (challenge == nullptr) return false;
  return challenge->scheme == "bearer" ? bearer_challenged(*challenge, used, control)
                                       : basic_challenged(used, control);
}

Result<bool> RegistryAuthorizer::bearer_challenged(const Challenge& challenge, const Header& used,
                                                   const http::Control& control) {
  auto realm = http::parse_url(challenge.parameter("realm"));
  if (!realm) return unusable_realm(target_.registry, realm.error());
  access_->challenges.learn(
      target_.registry, {false, std::move(*realm), std::string(challenge.parameter("service"))});
  const bool wider = widen(Scopes(challenge.parameter("scope")));
  if (used == nullptr || wider) return true;
  if (challenge.parameter("error") == "insufficient_scope") return false;
  const auto login = access_->logins.find(target_, control);
  if (!login) return Failure(login.error());
  const bool as_it_is = *login && (*login)->registry_token;
  return !as_it_is && access_->tokens.drop(used);
}

Result<bool> RegistryAuthorizer::basic_challenged(const Header& used,
                                                  const http::Control& control) {
  access_->challenges.learn(target_.registry, {true, {}, {}});
  if (used != nullptr) return false;
  const auto header = basic(control);
  if (!header) return Failure(header.error());
  return *header != nullptr;
}

bool RegistryAuthorizer::widen(const Scopes& wanted) {
  const std::lock_guard<std::mutex> lock(mutex_);
  asked_ = true;
  if (scopes_.covers(wanted)) return false;
  scopes_.unite(wanted);
  return true;
}

}  // namespace dockerhub
