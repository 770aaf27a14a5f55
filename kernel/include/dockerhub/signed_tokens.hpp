// Tokens that somebody else signs (JSON Web Tokens: RFC 7519, checked as RFC 8725 advises), for servers to
// which they are shown. Errors are ErrorKind::configuration.
#pragma once

#include <chrono>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "dockerhub/kernel.hpp"

namespace dockerhub {

struct SignedTokenRules {
  std::string issuer, audience;  // what a token's `iss` is, and one of its `aud`; both are needed
  std::vector<std::string>
      algorithms;  // that are accepted, by their names; empty: all that fit the key
  // Where the keys come from: one of these, the others empty.
  std::string keys_url;    // of a key set (RFC 7517): https, or http on this machine
  std::string public_key;  // PEM
  std::string secret;      // the key of a secret setting
};

struct SignedToken {
  std::string subject;
  std::vector<std::string> scopes;
};

// Any thread. Only fetch_keys() waits.
class DOCKERHUB_API SignedTokens {
 public:
  // Loads what checks signatures. A key set is not fetched yet.
  static Result<std::unique_ptr<SignedTokens>> create(const Configuration& configuration,
                                                      SignedTokenRules rules);
  ~SignedTokens();
  SignedTokens(const SignedTokens&) = delete;
  SignedTokens& operator=(const SignedTokens&) = delete;

  // Whether the key set should be fetched for the sake of this token: there is none, it has no such key, or
  // it is old. fetch: the caller has to call fetch_keys(), and nobody else is told so meanwhile; wait: an
  // answer of check() would come too early, ask again when the fetch has ended.
  struct Need {
    bool fetch = false, wait = false;
  };
  Need need(std::string_view token);
  // The error is for the log; the keys that were known stay a while.
  Result<void> fetch_keys(const Kernel& kernel, const std::stop_token& stop);
  // Instead of fetch_keys(), by a caller that cannot do it just now.
  void keys_not_fetched();

  // What check() says while nobody can tell whether a token is good.
  static constexpr std::string_view kNoKeys = "the keys of the issuer are not known yet";
  // Who the token is for; the error is why it is not accepted, in words that its bearer may read.
  tl::expected<SignedToken, std::string_view> check(std::string_view token);

 private:
  struct Impl;
  explicit SignedTokens(std::unique_ptr<Impl> impl);
  const std::unique_ptr<Impl> impl_;
};

}  // namespace dockerhub
