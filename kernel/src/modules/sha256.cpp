#include "modules/sha256.hpp"

#include <nettle/sha2.h>

#include <array>
#include <string_view>

namespace dockerhub {

struct Sha256::Context {
  sha256_ctx state = {};
};

Sha256::Sha256() : context_(std::make_unique<Context>()) {
  sha256_init(&context_->state);
}

Sha256::~Sha256() = default;

void Sha256::update(const void* bytes, std::size_t size) {
  sha256_update(&context_->state, size, static_cast<const std::uint8_t*>(bytes));
}

std::string Sha256::finish() {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::array<std::uint8_t, SHA256_DIGEST_SIZE> digest = {};
  sha256_digest(&context_->state, digest.size(), digest.data());
  std::string hex;
  for (const std::uint8_t byte : digest) {
    hex += kDigits[byte >> 4U];
    hex += kDigits[byte & 0xfU];
  }
  return hex;
}

}  // namespace dockerhub
