// Texts that are to be UTF-8 and may not be (names from a registry, bytes of a file).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace dockerhub::sdk {

// Bytes of the UTF-8 sequence at the start of `text` (not empty), or 0 when there is no valid one:
// overlong forms, surrogates and values above U+10FFFF are not valid.
inline std::size_t utf8_sequence(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(0);
  if (first < 0x80) return 1;
  const std::size_t size = first < 0xc2   ? 0
                           : first < 0xe0 ? 2
                           : first < 0xf0 ? 3
                           : first < 0xf5 ? 4
                                          : 0;
  if (size == 0 || text.size() < size) return 0;
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xc0) != 0x80) return 0;
  }
  const unsigned char second = byte(1);
  const bool outside = (first == 0xe0 && second < 0xa0) || (first == 0xed && second > 0x9f) ||
                       (first == 0xf0 && second < 0x90) || (first == 0xf4 && second > 0x8f);
  return outside ? 0 : size;
}

// `text` with U+FFFD for each byte that belongs to no valid sequence.
inline std::string valid_utf8(std::string_view text) {
  std::string valid;
  valid.reserve(text.size());
  while (!text.empty()) {
    const std::size_t size = utf8_sequence(text);
    valid.append(size == 0 ? std::string_view("\xef\xbf\xbd") : text.substr(0, size));
    text.remove_prefix(size == 0 ? 1 : size);
  }
  return valid;
}

}  // namespace dockerhub::sdk
