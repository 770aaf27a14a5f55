// Authorizes requests to one registry: learns from its 401 what it wants, gets a token or takes the login's Basic
// header, and widens the scope where the registry wants more (docs/credentials.md, "Registry tokens"). Any
// thread; several requests may share one, they then share its scope.
#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "credentials/challenge.hpp"
#include "credentials/host_logins.hpp"
#include "credentials/realm_rule.hpp"
#include "credentials/registry_challenges.hpp"
#include "credentials/registry_tokens.hpp"
#include "http/authorizer.hpp"

namespace dockerhub {

// What all registries of one kernel share.
struct RegistryAccess {
  RegistryAccess(const Configuration& configuration, const std::shared_ptr<const Account>& account,
                 const Fetch& fetch, const Clocks& clocks, const LoginPlaces::Warn& warn,
                 const std::shared_ptr<KeylessLogin>& keyless = nullptr,
                 const std::shared_ptr<TokenStore>& store = nullptr,
                 const std::shared_ptr<StoredLogin>& stored = nullptr);

  HostLogins logins;
  RealmRule realms;
  RegistryTokens tokens;
  RegistryChallenges challenges;
};

class RegistryAuthorizer : public http::Authorizer {
 public:
  // `scope`: what requests are about to need, or empty.
  RegistryAuthorizer(std::shared_ptr<RegistryAccess> access, http::Origin registry,
                     std::string_view scope);

  Result<std::shared_ptr<const Secret>> authorization(const http::Request& request,
                                                      const http::Control& control) override;
  Result<bool> challenged(const http::Request& request, const http::Response& response,
                          const std::shared_ptr<const Secret>& used,
                          const http::Control& control) override;

 private:
  using Header = std::shared_ptr<const Secret>;

  Result<Header> token(const RegistryChallenge& challenge, const http::Control& control);
  Result<Header> basic(const http::Control& control);
  Result<bool> bearer_challenged(const Challenge& challenge, const Header& used,
                                 const http::Control& control);
  Result<bool> basic_challenged(const Header& used, const http::Control& control);
  // Adds to the scope; whether there was anything to add.
  bool widen(const Scopes& wanted);

  std::shared_ptr<RegistryAccess> access_;
  LoginTarget target_;
  std::mutex mutex_;
  Scopes scopes_;
  bool asked_ = false;  // the registry wanted a token
};

}  // namespace dockerhub
