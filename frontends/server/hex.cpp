#include "hex.hpp"

#include <nettle/sha2.h>

#include <algorithm>
#include <array>

namespace dockerhub::server {

std::string hex(std::span<const std::uint8_t> bytes) {
  static constexpr std::string_view kDigits = "0123456789abcdef";
  constexpr unsigned kHalf = 4;
  constexpr unsigned kLow = 0xF;
  std::string text;
  text.reserve(2 * bytes.size());
  for (const std::uint8_t byte : bytes) {
    text += kDigits[byte >> kHalf];
    text += kDigits[byte & kLow];
  }
  return text;
}

std::string sha256_hex(std::string_view text, std::size_t size) {
  std::array<std::uint8_t, SHA256_DIGEST_SIZE> bytes = {};
  sha256_ctx context;
  sha256_init(&context);
  sha256_update(&context, text.size(), reinterpret_cast<const std::uint8_t*>(text.data()));
  sha256_digest(&context, bytes.size(), bytes.data());
  return hex(std::span<const std::uint8_t>(bytes).first(std::min(size, bytes.size())));
}

}  // namespace dockerhub::server
