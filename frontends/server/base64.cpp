#include "base64.hpp"

#include <nettle/base64.h>

#include <cstddef>
#include <cstdint>

namespace dockerhub::server {

std::optional<std::string> from_base64(std::string_view text) {
  std::string bytes(BASE64_DECODE_LENGTH(text.size()), '\0');
  base64_decode_ctx decoder = {};
  base64_decode_init(&decoder);
  std::size_t size = bytes.size();
  const int good = base64_decode_update(
      &decoder, &size, reinterpret_cast<std::uint8_t*>(bytes.data()), text.size(), text.data());
  if (good == 0 || base64_decode_final(&decoder) == 0) return std::nullopt;
  bytes.resize(size);
  return bytes;
}

}  // namespace dockerhub::server
