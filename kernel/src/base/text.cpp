#include <algorithm>
#include <array>

#include "base/utf8.hpp"
#include "dockerhub/kernel.hpp"

namespace dockerhub {
namespace {

struct Range {
  char32_t first, last;
};

// What a terminal or an editor acts upon instead of showing it: controls, marks that change the
// direction of text, separators that break lines.
constexpr std::array<Range, 7> kInvisible = {{{0x0000, 0x001F},
                                              {0x007F, 0x009F},
                                              {0x061C, 0x061C},
                                              {0x200E, 0x200F},
                                              {0x2028, 0x202E},
                                              {0x2066, 0x2069},
                                              {0xFEFF, 0xFEFF}}};

bool is_invisible(char32_t value) {
  return std::any_of(kInvisible.begin(), kInvisible.end(),
                     [value](Range range) { return value >= range.first && value <= range.last; });
}

void append_escape(std::string& out, char32_t value) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  out += "\\u";
  for (int shift = 12; shift >= 0; shift -= 4) out += kDigits[(value >> shift) & 0xF];
}

}  // namespace

std::string visible(std::string_view text, bool multiline) {
  constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const CodePoint point = first_code_point(text);
    const bool kept = multiline && (point.value == U'\n' || point.value == U'\t');
    if (!point.valid) {
      out += kReplacement;
    } else if (is_invisible(point.value) && !kept) {
      append_escape(out, point.value);
    } else {
      out += text.substr(0, point.size);
    }
    text.remove_prefix(point.size);
  }
  return out;
}

}  // namespace dockerhub
