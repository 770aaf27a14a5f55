#include "modules/sha256.hpp"

#include <openssl/evp.h>

#include <array>

namespace dockerhub {

struct Sha256::Context {
  EVP_MD_CTX* evp = EVP_MD_CTX_new();
  Context() = default;
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;
  ~Context() { EVP_MD_CTX_free(evp); }
};

Sha256::Sha256() : context_(std::make_unique<Context>()) {
  failed_ =
      context_->evp == nullptr || EVP_DigestInit_ex(context_->evp, EVP_sha256(), nullptr) != 1;
}

Sha256::~Sha256() = default;

void Sha256::update(const void* bytes, std::size_t size) {
  if (!failed_) failed_ = EVP_DigestUpdate(context_->evp, bytes, size) != 1;
}

std::string Sha256::finish() {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest = {};
  unsigned size = 0;
  if (!failed_) failed_ = EVP_DigestFinal_ex(context_->evp, digest.data(), &size) != 1;
  std::string hex;
  if (failed_) return hex;
  failed_ = true;
  for (unsigned i = 0; i < size; ++i) {
    hex += kDigits[digest[i] >> 4U];
    hex += kDigits[digest[i] & 0xfU];
  }
  return hex;
}

}  // namespace dockerhub
