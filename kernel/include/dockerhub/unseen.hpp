// Characters that are acted upon instead of shown, as the kernel and the SDK's outside_text() write them.
// Header only; pure; any thread.
#pragma once

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace dockerhub {

// Controls (line ends and tabs among them), marks that turn the direction of text, separators that break
// lines, and the tag characters, in which a text can be written that only a program reads.
inline bool is_unseen(char32_t value) {
  struct Range {
    char32_t first, last;
  };
  constexpr std::array<Range, 8> kUnseen = {{{0x0000, 0x001F},
                                             {0x007F, 0x009F},
                                             {0x061C, 0x061C},
                                             {0x200E, 0x200F},
                                             {0x2028, 0x202E},
                                             {0x2066, 0x2069},
                                             {0xFEFF, 0xFEFF},
                                             {0xE0000, 0xE007F}}};
  return std::any_of(kUnseen.begin(), kUnseen.end(), [value](const Range& range) {
    return value >= range.first && value <= range.last;
  });
}

// As JSON escapes it: \u202e, above U+FFFF as two of them.
inline void append_escaped(std::string& out, char32_t value) {
  constexpr char32_t kLastOfPlane = 0xFFFF;
  if (value > kLastOfPlane) {
    append_escaped(out, 0xD800 + ((value - 0x10000) >> 10U));
    append_escaped(out, 0xDC00 + ((value - 0x10000) & 0x3FFU));
    return;
  }
  constexpr std::string_view kDigits = "0123456789abcdef";
  out += "\\u";
  for (const unsigned shift : {12U, 8U, 4U, 0U}) out += kDigits[(value >> shift) & 0xFU];
}

}  // namespace dockerhub
