#include "redaction/percent.hpp"

namespace dockerhub {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

// The byte that the %XX at the beginning stands for, or -1.
int encoded_byte(std::string_view text) {
  if (text.size() < 3 || text[0] != '%') return -1;
  const int high = hex_digit(text[1]);
  const int low = hex_digit(text[2]);
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

}  // namespace

std::optional<Decoded> percent_decoded(std::string_view text, bool form) {
  if (text.find('%') == std::string_view::npos &&
      !(form && text.find('+') != std::string_view::npos)) {
    return std::nullopt;
  }
  Decoded decoded;
  decoded.text.reserve(text.size());
  decoded.origins.reserve(text.size() + 1);
  for (std::size_t i = 0; i < text.size();) {
    const int byte = encoded_byte(text.substr(i));
    const bool space = form && text[i] == '+';
    decoded.origins.push_back(i);
    decoded.text += byte >= 0 ? static_cast<char>(byte) : (space ? ' ' : text[i]);
    i += byte >= 0 ? 3 : 1;
  }
  decoded.origins.push_back(text.size());
  return decoded;
}

}  // namespace dockerhub
