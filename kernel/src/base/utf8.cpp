#include "base/utf8.hpp"

#include <array>

namespace dockerhub {
namespace {

// Lead bytes by form: which bits are fixed, how long the sequence is, the least value it may
// encode.
struct Form {
  unsigned char mask, lead;
  std::size_t size;
  char32_t least;
};
constexpr std::array<Form, 4> kForms = {{{0x80, 0x00, 1, 0x0},
                                         {0xE0, 0xC0, 2, 0x80},
                                         {0xF0, 0xE0, 3, 0x800},
                                         {0xF8, 0xF0, 4, 0x10000}}};

bool is_scalar(char32_t value) {
  return value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF);
}

CodePoint decode(std::string_view text, const Form& form) {
  if (text.size() < form.size) return {};
  auto value = static_cast<char32_t>(static_cast<unsigned char>(text[0]) & ~form.mask & 0xFF);
  for (std::size_t i = 1; i < form.size; ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if ((byte & 0xC0) != 0x80) return {};
    value = (value << 6) | (byte & 0x3F);
  }
  if (value < form.least || !is_scalar(value)) return {};
  return {value, form.size, true};
}

}  // namespace

CodePoint first_code_point(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  for (const Form& form : kForms) {
    if ((lead & form.mask) == form.lead) return decode(text, form);
  }
  return {};
}

std::string valid_utf8(std::string_view text) {
  constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
  std::string valid;
  valid.reserve(text.size());
  while (!text.empty()) {
    const CodePoint point = first_code_point(text);
    valid += point.valid ? text.substr(0, point.size) : kReplacement;
    text.remove_prefix(point.size);
  }
  return valid;
}

std::string_view whole_characters(std::string_view text, std::size_t most) {
  std::size_t end = 0;
  while (end < text.size()) {
    const std::size_t size = first_code_point(text.substr(end)).size;
    if (size > most - end) break;
    end += size;
  }
  return text.substr(0, end);
}

}  // namespace dockerhub
