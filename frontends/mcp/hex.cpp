#include "hex.hpp"

#include <string_view>

namespace dockerhub::mcp {

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

}  // namespace dockerhub::mcp
