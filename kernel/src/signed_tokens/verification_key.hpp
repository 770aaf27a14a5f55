// A key that signatures are checked with, and where it is read from. Immutable; any thread.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "credentials/secret.hpp"
#include "signed_tokens/signature_algorithm.hpp"

namespace dockerhub {

class VerificationKey {
 public:
  static constexpr std::size_t kMostKeys = 64;

  // A member of a key set: RSA of 2048 to 8192 bits, P-256 or P-384, for signatures. nullopt: of another kind,
  // for another use, malformed, or a secret one, which has no place where everybody may read.
  static std::optional<VerificationKey> from_jwk(const json::Value& jwk);
  // Secrets shorter than an algorithm wants do not fit it.
  static VerificationKey from_secret(std::string_view secret, SecretBook& book);

  const std::string& id() const { return id_; }  // `kid`, or empty
  bool fits(const SignatureAlgorithm& algorithm) const;
  // The key as libdockerhub_jose takes it, for this algorithm alone. Wipe it.
  std::string jwk_for(const SignatureAlgorithm& algorithm) const;

 private:
  std::string id_;
  KeyKind kind_ = KeyKind::rsa;
  std::string algorithm_;  // the only one that the key is for; empty: all of its kind
  std::size_t secret_bytes_ = 0;
  std::shared_ptr<const Secret> secret_;  // base64url
  std::string members_;                   // of a public key: "\"n\":...,\"e\":..."
};

// The usable ones of a key set (RFC 7517, 5), at most kMostKeys; nullopt: the text is no key set.
std::optional<std::vector<VerificationKey>> read_key_set(std::string_view text);

}  // namespace dockerhub
