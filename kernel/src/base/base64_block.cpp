#include "base/base64_block.hpp"

#include <nettle/base64.h>

#include <cstdint>

namespace dockerhub {

void encode_base64(char* text, std::string_view bytes) {
  base64_encode_raw(text, bytes.size(), reinterpret_cast<const std::uint8_t*>(bytes.data()));
}

std::optional<std::size_t> decode_base64(char* bytes, std::string_view text) {
  // Nettle passes over them.
  if (text.find_first_of(" \t\r\n\v\f") != std::string_view::npos) return std::nullopt;
  base64_decode_ctx state = {};
  base64_decode_init(&state);
  std::size_t size = 0;
  const int good = base64_decode_update(&state, &size, reinterpret_cast<std::uint8_t*>(bytes),
                                        text.size(), text.data());
  if (good == 0 || base64_decode_final(&state) == 0) return std::nullopt;
  return size;
}

}  // namespace dockerhub
