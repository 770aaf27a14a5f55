// UTF-8, one code point at a time, for code that must not trust its input: a malformed sequence is
// seen as such and never swallows the byte after it. Free functions; any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace dockerhub {

struct CodePoint {
  char32_t value = 0;
  std::size_t size = 1;  // bytes it takes in the text, at least 1
  bool valid = false;
};

// The code point at the beginning of a text that is not empty. Overlong forms, surrogates and
// values above U+10FFFF are not valid.
CodePoint first_code_point(std::string_view text);

// The text with each byte that is not part of valid UTF-8 replaced by U+FFFD.
std::string valid_utf8(std::string_view text);

// The beginning of `text`, at most `most` bytes: a character that does not fit is left out as a whole.
std::string_view whole_characters(std::string_view text, std::size_t most);

}  // namespace dockerhub
