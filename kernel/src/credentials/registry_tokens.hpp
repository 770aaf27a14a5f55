// Tokens of registries' token services (docs/credentials.md, "Registry tokens"; the token documents of the
// distribution project): asked for by GET with HTTP Basic or anonymously, by POST where the login is a refresh
// token; cached by service, account and scope. Whether a login may go to a service is decided before
// (realm_rule.hpp). Any thread.
#pragma once

#include <memory>
#include <string>

#include "credentials/fetch.hpp"
#include "credentials/login.hpp"
#include "credentials/scope.hpp"
#include "credentials/token_cache.hpp"
#include "http/url.hpp"

namespace dockerhub {

struct TokenRequest {
  http::Url realm;
  std::string service;
  std::shared_ptr<const Login> login;  // nullptr: anonymous
  Scopes scopes;
};

class RegistryTokens {
 public:
  // `store` may be nullptr.
  RegistryTokens(Fetch fetch, Clocks clocks, std::shared_ptr<SecretBook> book,
                 std::shared_ptr<TokenStore> store = nullptr);

  // "Bearer TOKEN". Errors: auth (refused; with a login never a token for nobody instead), api (any other
  // answer), and those of the request.
  Result<TokenCache::Header> get(const TokenRequest& request, const http::Control& control);
  // TokenCache::drop().
  bool drop(const TokenCache::Header& refused) { return cache_.drop(refused); }

 private:
  Result<MintedToken> mint(const TokenRequest& request, const http::Control& control);
  Result<http::Answer> ask(const TokenRequest& request, const http::Control& control);
  http::Request by_get(const TokenRequest& request) const;
  http::Request by_post(const TokenRequest& request) const;

  Fetch fetch_;
  Clocks clocks_;
  std::shared_ptr<SecretBook> book_;
  TokenCache cache_;
};

}  // namespace dockerhub
