// An RSA key with a certificate that it signed itself: for TLS listeners, and to sign tokens that a
// registry checks against the certificate. Made anew in memory at each start, valid for 30 days around
// now. Immutable; any thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "dockerhub/kernel.hpp"

namespace dockerhub::sandbox {

class CertifiedKey {
 public:
  // `names` become the certificate's alternative names: addresses as such, the others as DNS names.
  static Result<CertifiedKey> make(const std::string& common_name,
                                   const std::vector<std::string>& names);

  // PEM texts.
  const std::string& key_pem() const { return key_pem_; }
  const std::string& certificate_pem() const { return certificate_pem_; }
  const std::string& certificate_der() const { return certificate_der_; }

  // RSASSA-PKCS1-v1_5 with SHA-256 (RFC 7518 3.3).
  std::string sign(std::string_view bytes) const;
  bool verify(std::string_view bytes, std::string_view signature) const;

 private:
  CertifiedKey() = default;

  std::shared_ptr<void> key_;  // an EVP_PKEY
  std::string key_pem_;
  std::string certificate_pem_;
  std::string certificate_der_;
};

}  // namespace dockerhub::sandbox
