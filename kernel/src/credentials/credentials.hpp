// Whose credential goes where (docs/credentials.md has the table). Each function gives the authorizer
// of one kind of request; the account's own secret never leaves this part except as the value of an
// Authorization header, or in the body of its log-in, for the hosts that it belongs to. Everything it
// mints is known to redaction before it is used. Sources are read when first needed: files and helpers
// are not touched before. Any thread; shares its tokens between all calls of one kernel.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "config/configuration_impl.hpp"
#include "credentials/fetch.hpp"
#include "dockerhub/kernel.hpp"
#include "http/authorizer.hpp"
#include "http/client.hpp"

namespace dockerhub {

// Who is logged in, for identity/1; never with what.
struct Identity {
  bool authenticated = false;
  std::string kind = "anonymous";  // "password", "pat", "oat", "jwt"
  std::string name;                // empty: unknown
  std::string claims = "{}";  // JSON: sub, username, exp, iat, iss, aud, scope, uuid where known
  std::optional<std::chrono::system_clock::time_point> expires_at;
};

class Credentials {
 public:
  using Log = std::function<void(LogLevel, std::string_view)>;

  // The client outlives this, and this its authorizers' use.
  Credentials(const Configuration& configuration, http::Client& client, Log log);
  Credentials(const Configuration& configuration, const Fetch& fetch, Log log);
  ~Credentials();
  Credentials(const Credentials&) = delete;
  Credentials& operator=(const Credentials&) = delete;

  // nullptr where the configured account does not belong to the host of that base URL: anonymous.
  std::shared_ptr<http::Authorizer> hub();
  std::shared_ptr<http::Authorizer> scim();  // falls back to hub()
  std::shared_ptr<http::Authorizer> scout();
  // scope: what the request is about to need, "repository:NAME:pull[,push]", several separated by a
  // blank; empty: nothing known before the challenge. Never nullptr: also anonymous pulls need tokens.
  std::shared_ptr<http::Authorizer> registry(const http::Origin& origin, std::string_view scope);

  // Of requests to Docker Hub, as far as it is known without the network.
  Identity identity() const;
  // Logs in to Docker Hub if an account is configured and no valid token is at hand.
  Result<void> sign_in(const http::Control& control);

  // The account that requests of that surface ("hub", "scim", "scout", "registry") count for, for rate
  // budgets: a user name, "token" where a credential does not say whose it is, or "" for anonymous.
  std::string account_of(std::string_view surface, const http::Origin& origin) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace dockerhub
