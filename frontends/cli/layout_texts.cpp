#include "layout_texts.hpp"

#include <algorithm>
#include <array>

#include "json.hpp"

namespace dockerhub::cli {

Sha256::Sha256() : state_() {
  sha256_init(&state_);
}

void Sha256::update(std::string_view bytes) {
  sha256_update(&state_, bytes.size(), reinterpret_cast<const std::uint8_t*>(bytes.data()));
}

std::string Sha256::hex() {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::array<std::uint8_t, SHA256_DIGEST_SIZE> digest = {};
  sha256_digest(&state_, digest.size(), digest.data());
  std::string text;
  for (const unsigned byte : digest) {
    text += kDigits[byte >> 4U];
    text += kDigits[byte & 0xfU];
  }
  return text;
}

std::string sha256_of(std::string_view bytes) {
  Sha256 sum;
  sum.update(bytes);
  return sum.hex();
}

bool is_sha256(std::string_view text) {
  return text.size() == std::size_t{2} * SHA256_DIGEST_SIZE &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

std::string layout_entry(std::string_view media_type, std::string_view hex, std::uint64_t size,
                         std::string_view name) {
  std::string text = R"({"mediaType":)" + json::quote(media_type) + R"(,"digest":"sha256:)" +
                     std::string(hex) + R"(","size":)" + std::to_string(size);
  if (!name.empty()) {
    text += R"(,"annotations":{"org.opencontainers.image.ref.name":)" + json::quote(name) + "}";
  }
  return text + "}";
}

std::string layout_index(std::string_view entries) {
  return R"({"schemaVersion":2,"manifests":[)" + std::string(entries) + "]}";
}

}  // namespace dockerhub::cli
