#include "base64.hpp"

#include <nettle/base64.h>

#include <algorithm>
#include <cstdint>

#include "characters.hpp"

namespace dockerhub::registry {
namespace {

constexpr std::size_t kGroup = 4;  // characters that stand for three bytes

std::size_t padding_of(std::string_view text) {
  return static_cast<std::size_t>(
      std::find_if(text.rbegin(), text.rend(), [](char c) { return c != '='; }) - text.rbegin());
}

}  // namespace

std::string to_base64(std::string_view bytes) {
  std::string text(BASE64_ENCODE_RAW_LENGTH(bytes.size()), '\0');
  base64_encode_raw(text.data(), bytes.size(), reinterpret_cast<const std::uint8_t*>(bytes.data()));
  return text;
}

std::optional<std::string> from_base64(std::string_view text) {
  const std::size_t padding = padding_of(text);
  const auto is_digit_of_it = [](char c) { return is_alnum(c) || c == '+' || c == '/'; };
  // nettle passes over blanks and line ends.
  if (text.size() % kGroup != 0 || padding > 2 ||
      !all_of(text.substr(0, text.size() - padding), is_digit_of_it)) {
    return std::nullopt;
  }
  std::string bytes(BASE64_DECODE_LENGTH(text.size()), '\0');
  std::size_t size = bytes.size();
  base64_decode_ctx decoder = {};
  base64_decode_init(&decoder);
  const bool is_good =
      base64_decode_update(&decoder, &size, reinterpret_cast<std::uint8_t*>(bytes.data()),
                           text.size(), text.data()) == 1 &&
      base64_decode_final(&decoder) == 1;
  if (!is_good) return std::nullopt;
  bytes.resize(size);
  return bytes;
}

}  // namespace dockerhub::registry
