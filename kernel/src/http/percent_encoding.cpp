#include <charconv>

#include "http/url.hpp"
#include "http/wire_format.hpp"

namespace dockerhub::http {
namespace {

// RFC 3986 2.3.
bool is_unreserved(char letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
         (letter >= '0' && letter <= '9') || letter == '-' || letter == '.' || letter == '_' ||
         letter == '~';
}

void append_encoded(std::string& out, char letter) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  const auto byte = static_cast<unsigned char>(letter);
  out += '%';
  out += kDigits[byte >> 4U];
  out += kDigits[byte & 0xFU];
}

std::string encoded(std::string_view text, std::string_view plain) {
  std::string out;
  out.reserve(text.size());
  for (const char letter : text) {
    if (is_unreserved(letter) || plain.find(letter) != std::string_view::npos) {
      out += letter;
    } else {
      append_encoded(out, letter);
    }
  }
  return out;
}

}  // namespace

std::string encode_query(std::string_view text) {
  return encoded(text, {});
}

std::optional<std::string> percent_decoded(std::string_view text) {
  constexpr std::size_t kDigits = 2;
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '%') {
      out += text[at];
      continue;
    }
    const std::string_view digits = text.substr(at + 1, kDigits);
    unsigned byte = 0;
    const char* end = digits.data() + digits.size();
    const auto [stop, problem] = std::from_chars(digits.data(), end, byte, kHexadecimal);
    if (digits.size() < kDigits || problem != std::errc() || stop != end) return std::nullopt;
    out += static_cast<char>(byte);
    at += kDigits;
  }
  return out;
}

std::string encode_segment(std::string_view text) {
  // A colon is part of every digest, and not all servers decode what need not be encoded.
  return encoded(text, ":");
}

std::string with_plain_letters(std::string_view path) {
  constexpr std::size_t kEscape = 3;  // "%41"
  constexpr int kHex = 16;
  std::string out;
  out.reserve(path.size());
  for (std::size_t at = 0; at < path.size();) {
    unsigned byte = 0;
    const std::string_view escape = path.substr(at, kEscape);
    const char* const digits_end = escape.data() + escape.size();
    const bool escaped =
        escape.size() == kEscape && escape.front() == '%' &&
        std::from_chars(escape.data() + 1, digits_end, byte, kHex).ptr == digits_end;
    const bool plain = escaped && is_unreserved(static_cast<char>(byte));
    out += plain ? static_cast<char>(byte) : path[at];
    at += plain ? kEscape : 1;
  }
  return out;
}

void append_query(std::string& query, std::string_view name, std::string_view value) {
  if (!query.empty()) query += '&';
  query += encode_query(name) + '=' + encode_query(value);
}

}  // namespace dockerhub::http
