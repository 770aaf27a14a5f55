// The log-in to Docker Hub: user and secret are exchanged for a token (POST /v2/auth/token), which lives some
// minutes and is shared by all calls of one kernel; a fresh one is minted shortly before its end, or when a
// request was refused with it. Any thread.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include "credentials/fetch.hpp"
#include "credentials/login.hpp"
#include "credentials/token_cache.hpp"
#include "http/authorizer.hpp"
#include "http/url.hpp"

namespace dockerhub {

class HubSession {
 public:
  using Found = std::shared_ptr<const Login>;

  // Whose session it is. The login has a password.
  struct Owner {
    Owner(Found login);  // NOLINT(google-explicit-constructor)
    // `id`: what its tokens are kept under; empty: the fingerprint of the login that is found.
    Owner(std::string id, std::function<Result<Found>(const http::Control&)> find,
          std::function<void()> forget_it = {})
        : fingerprint(std::move(id)), login(std::move(find)), forget(std::move(forget_it)) {}

    std::string fingerprint;
    std::function<Result<Found>(const http::Control&)> login;  // nullptr: nobody's
    std::function<void()> forget;  // after a refusal: login() looks for another one
  };

  // `hub`: the base URL. `store` may be nullptr.
  HubSession(Fetch fetch, Clocks clocks, std::shared_ptr<SecretBook> book, http::Url hub,
             Owner owner, std::shared_ptr<TokenStore> store = nullptr);

  // "Bearer TOKEN"; nullptr: nobody is logged in. A login that was refused is looked for once more, and tried where it
  // has changed. Errors: auth (user or secret refused, an answer without a token), api (any other answer), and those of
  // the owner and of the request.
  Result<TokenCache::Header> get(const http::Control& control);
  // nullptr: none that is still good.
  TokenCache::Header at_hand() const;
  // TokenCache::drop().
  bool drop(const TokenCache::Header& refused) { return cache_.drop(refused); }

 private:
  Result<TokenCache::Header> get(const Found& login, const http::Control& control);
  Result<MintedToken> mint(const Login& login, const http::Control& control);
  http::Request mint_request(const Login& login) const;
  TokenKey key_of(const std::string& fingerprint) const;

  Fetch fetch_;
  Clocks clocks_;
  std::shared_ptr<SecretBook> book_;
  http::Url hub_;
  Owner owner_;
  mutable std::mutex mutex_;
  TokenKey key_;  // of the last call
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

// Ends every request with an error, in place of one without a credential.
class RefusingAuthorizer : public http::Authorizer {
 public:
  explicit RefusingAuthorizer(Error error) : error_(std::move(error)) {}

  Result<std::shared_ptr<const Secret>> authorization(const http::Request& request,
                                                      const http::Control& control) override;
  Result<bool> challenged(const http::Request& request, const http::Response& response,
                          const std::shared_ptr<const Secret>& used,
                          const http::Control& control) override;

 private:
  Error error_;
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
