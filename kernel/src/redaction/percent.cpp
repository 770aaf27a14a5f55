#include "redaction/percent.hpp"

#include <algorithm>

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

// Where the next % or + stands, at `from` or behind it; the text's size where none does.
std::size_t next_sign(std::string_view text, std::size_t from, bool form) {
  if (!form) return std::min(text.find('%', from), text.size());
  while (from < text.size() && text[from] != '%' && text[from] != '+') ++from;
  return from;
}

}  // namespace

// Each escape in front of a byte took two more bytes than it left.
std::size_t Decoded::origin(std::size_t at) const {
  const auto before = std::lower_bound(escapes_.begin(), escapes_.end(), at);
  return at + 2 * static_cast<std::size_t>(before - escapes_.begin());
}

std::optional<Decoded> percent_decoded(std::string_view text, bool form) {
  const bool plus = form && text.find('+') != std::string_view::npos;
  if (!plus && text.find('%') == std::string_view::npos) return std::nullopt;
  Decoded decoded;
  std::string& out = decoded.text_;
  out.reserve(text.size());
  while (!text.empty()) {
    const std::size_t plain = std::min(text.find('%'), text.size());
    const auto begin = static_cast<std::ptrdiff_t>(out.size());
    out += text.substr(0, plain);
    if (plus) std::replace(out.begin() + begin, out.end(), '+', ' ');
    text.remove_prefix(plain);
    if (text.empty()) break;
    const int byte = encoded_byte(text);
    if (byte >= 0) decoded.escapes_.push_back(out.size());
    out += byte >= 0 ? static_cast<char>(byte) : '%';
    text.remove_prefix(byte >= 0 ? 3 : 1);
  }
  return decoded;
}

Spans escaped_parts(std::string_view text, std::size_t reach, bool form) {
  Spans parts;
  for (std::size_t at = next_sign(text, 0, form); at < text.size();
       at = next_sign(text, at + 1, form)) {
    if (text[at] == '%' && encoded_byte(text.substr(at)) < 0) continue;
    const Span part{at - std::min(at, reach), at + std::min(text.size() - at, reach)};
    if (!parts.empty() && part.begin < parts.back().end) {
      parts.back().end = part.end;
    } else {
      parts.push_back(part);
    }
  }
  return parts;
}

}  // namespace dockerhub
