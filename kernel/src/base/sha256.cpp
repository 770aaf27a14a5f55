#include "base/sha256.hpp"

#include <nettle/sha2.h>
#include <string.h>

#include "base/hex.hpp"

namespace dockerhub {

struct Sha256::Context {
  sha256_ctx state = {};
};

Sha256::Sha256() : context_(std::make_unique<Context>()) {
  sha256_init(&context_->state);
}

Sha256::~Sha256() {
  ::explicit_bzero(&context_->state, sizeof(context_->state));
}

void Sha256::update(const void* bytes, std::size_t size) {
  sha256_update(&context_->state, size, static_cast<const std::uint8_t*>(bytes));
}

std::array<std::uint8_t, 32> Sha256::digest() {
  std::array<std::uint8_t, SHA256_DIGEST_SIZE> digest = {};
  sha256_digest(&context_->state, digest.size(), digest.data());
  return digest;
}

std::string Sha256::finish() {
  return to_hex(digest());
}

std::string sha256_hex(std::string_view bytes) {
  Sha256 hash;
  hash.update(bytes.data(), bytes.size());
  return hash.finish();
}

}  // namespace dockerhub
