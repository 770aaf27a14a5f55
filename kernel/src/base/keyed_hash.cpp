#include "base/keyed_hash.hpp"

#include <nettle/hmac.h>
#include <nettle/memops.h>
#include <string.h>

#include <array>

#include "base/hex.hpp"

namespace dockerhub {
namespace {

const std::uint8_t* bytes_of(std::string_view text) {
  return reinterpret_cast<const std::uint8_t*>(text.data());
}

}  // namespace

std::string keyed_hash_hex(std::string_view key, std::string_view text) {
  hmac_sha256_ctx state = {};
  hmac_sha256_set_key(&state, key.size(), bytes_of(key));
  hmac_sha256_update(&state, text.size(), bytes_of(text));
  std::array<std::uint8_t, SHA256_DIGEST_SIZE> digest = {};
  hmac_sha256_digest(&state, digest.size(), digest.data());
  ::explicit_bzero(&state, sizeof(state));
  return to_hex(digest);
}

bool same_hash(std::string_view left, std::string_view right) {
  return left.size() == right.size() && memeql_sec(left.data(), right.data(), left.size()) != 0;
}

}  // namespace dockerhub
