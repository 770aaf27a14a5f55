// An issuer of tokens for tests, with a key made at run time.
#pragma once

#include <gtest/gtest.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "base/base64.hpp"

namespace dockerhub {

inline std::int64_t seconds_from_now(std::int64_t seconds) {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::seconds>(now).count() + seconds;
}

inline const unsigned char* octets(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

inline const EVP_MD* hash_of(std::string_view algorithm) {
  const std::string_view size = algorithm.substr(2);
  return size == "256" ? EVP_sha256() : size == "384" ? EVP_sha384() : EVP_sha512();
}

class Signer {
 public:
  static Signer rsa(unsigned bits = 2048) { return Signer(EVP_RSA_gen(bits)); }
  static Signer ec(const char* curve) { return Signer(EVP_EC_gen(curve)); }

  std::string public_pem() const {
    const std::unique_ptr<BIO, decltype(&BIO_free)> memory(BIO_new(BIO_s_mem()), &BIO_free);
    PEM_write_bio_PUBKEY(memory.get(), key_.get());
    char* text = nullptr;
    const long size = BIO_get_mem_data(memory.get(), &text);
    return {text, static_cast<std::size_t>(size)};
  }

  std::string sign(std::string_view algorithm, std::string_view text) const {
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                          &EVP_MD_CTX_free);
    EVP_PKEY_CTX* padding = nullptr;
    EXPECT_EQ(EVP_DigestSignInit(context.get(), &padding, hash_of(algorithm), nullptr, key_.get()),
              1);
    if (algorithm.front() == 'P') {
      EVP_PKEY_CTX_set_rsa_padding(padding, RSA_PKCS1_PSS_PADDING);
      EVP_PKEY_CTX_set_rsa_pss_saltlen(padding, RSA_PSS_SALTLEN_DIGEST);
    }
    std::size_t size = 0;
    EVP_DigestSign(context.get(), nullptr, &size, octets(text), text.size());
    std::string signature(size, '\0');
    EXPECT_EQ(EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()),
                             &size, octets(text), text.size()),
              1);
    signature.resize(size);
    return algorithm.front() == 'E' ? joined(signature, algorithm == "ES256" ? 32 : 48) : signature;
  }

 private:
  explicit Signer(EVP_PKEY* key) : key_(key, &EVP_PKEY_free) {}

  // RFC 7518, 3.4: both numbers with their leading zeros.
  static std::string joined(std::string_view der, int half) {
    const unsigned char* at = octets(der);
    const std::unique_ptr<ECDSA_SIG, decltype(&ECDSA_SIG_free)> signature(
        d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size())), &ECDSA_SIG_free);
    std::string text(static_cast<std::size_t>(2 * half), '\0');
    auto* out = reinterpret_cast<unsigned char*>(text.data());
    BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), out, half);
    BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), out + half, half);
    return text;
  }

  std::shared_ptr<EVP_PKEY> key_;
};

// HMAC with these bytes as the secret.
inline std::string hmac(std::string_view secret, std::string_view algorithm,
                        std::string_view text) {
  std::string code(EVP_MAX_MD_SIZE, '\0');
  unsigned size = 0;
  HMAC(hash_of(algorithm), secret.data(), static_cast<int>(secret.size()), octets(text),
       text.size(), reinterpret_cast<unsigned char*>(code.data()), &size);
  code.resize(size);
  return code;
}

// What a token says when it is a good one.
inline std::string good_claims(std::int64_t lifetime = 300) {
  return R"({"iss":"https://issuer.example","aud":["other","https://hub.example/mcp"],"sub":"alice",)"
         R"("scope":"dockerhub:read dockerhub:write","exp":)" +
         std::to_string(seconds_from_now(lifetime)) + "}";
}

inline std::string header_of(std::string_view algorithm) {
  return R"({"alg":")" + std::string(algorithm) + R"(","typ":"JWT"})";
}

// sign: gives the signature of a text.
template <typename Sign>
std::string token_of(const std::string& header, const std::string& claims, const Sign& sign) {
  const std::string text = to_base64url(header) + '.' + to_base64url(claims);
  return text + '.' + to_base64url(sign(text));
}

}  // namespace dockerhub
