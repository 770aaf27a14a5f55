// The log-in to Docker Hub: user and secret are exchanged for a token (POST /v2/auth/token), which lives some
// minutes and is shared by all calls of one kernel; a fresh one is minted shortly before its end, or when a
// request was refused with it. Any thread.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "credentials/fetch.hpp"
#include "credentials/login.hpp"
#include "credentials/token_cache.hpp"
#include "http/authorizer.hpp"
#include "http/url.hpp"

namespace dockerhub {

class HubSession {
 public:
  // Whose session it is. The login has a password.
  struct Owner {
    Owner(std::shared_ptr<const Login> login);  // NOLINT(google-explicit-constructor)
    Owner(std::string id,
          std::function<Result<std::shared_ptr<const Login>>(const http::Control&)> find)
        : fingerprint(std::move(id)), login(std::move(find)) {}

    std::string fingerprint;
    std::function<Result<std::shared_ptr<const Login>>(const http::Control&)> login;
  };

  // `hub`: the base URL. `store` may be nullptr.
  HubSession(Fetch fetch, Clocks clocks, std::shared_ptr<SecretBook> book, http::Url hub,
             Owner owner, std::shared_ptr<TokenStore> store = nullptr);

  // "Bearer TOKEN". Errors: auth (user or secret refused, an answer without a token), api (any other answer), and
  // those of the request.
  Result<TokenCache::Header> get(const http::Control& control);
  // nullptr: none that is still good.
  TokenCache::Header at_hand() const { return cache_.at_hand(key_); }
  // TokenCache::drop().
  bool drop(const TokenCache::Header& refused) { return cache_.drop(refused); }

 private:
  Result<MintedToken> mint(const http::Control& control);
  http::Request mint_request(const Login& login) const;

  Fetch fetch_;
  Clocks clocks_;
  std::shared_ptr<SecretBook> book_;
  http::Url hub_;
  Owner owner_;
  TokenKey key_;
  TokenCache cache_;
};

// Sends the session's token to one origin.
class HubAuthorizer : public http::Authorizer {
 public:
  HubAuthorizer(std::shared_ptr<HubSession> session, http::Origin origin);

  Result<std::shared_ptr<const Secret>> authorization(const http::Request& request,
                                                      const http::Control& control) override;
  Result<bool> challenged(const http::Request& request, const http::Response& response,
                          const std::shared_ptr<const Secret>& used,
                          const http::Control& control) override;

 private:
  std::shared_ptr<HubSession> session_;
  http::Origin origin_;
};

// Sends a token that was given ready to one origin; there is no other one when it is refused.
class ReadyTokenAuthorizer : public http::Authorizer {
 public:
  ReadyTokenAuthorizer(std::shared_ptr<const Secret> token, http::Origin origin);

  Result<std::shared_ptr<const Secret>> authorization(const http::Request& request,
                                                      const http::Control& control) override;
  Result<bool> challenged(const http::Request& request, const http::Response& response,
                          const std::shared_ptr<const Secret>& used,
                          const http::Control& control) override;

 private:
  std::shared_ptr<const Secret> header_;
  http::Origin origin_;
};

}  // namespace dockerhub
