// The grammar of a digest, "algorithm:encoded" (OCI image-spec 1.1.1, descriptor.md, "Digests"). Header only. Pure; any
// thread.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace dockerhub::hub {
namespace digest_text {

constexpr bool is_lower_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

// [a-z0-9]+([+._-][a-z0-9]+)*
inline bool is_algorithm(std::string_view text) {
  constexpr std::string_view kSeparators = "+._-";
  bool after_separator = true;
  for (const char c : text) {
    const bool is_separator = kSeparators.find(c) != std::string_view::npos;
    if (is_separator ? after_separator : !is_lower_or_digit(c)) return false;
    after_separator = is_separator;
  }
  return !after_separator;
}

// Zero: not laid down.
constexpr std::size_t digits_of(std::string_view algorithm) {
  constexpr std::size_t kSha256 = 64;
  constexpr std::size_t kSha512 = 128;
  return algorithm == "sha256" ? kSha256 : algorithm == "sha512" ? kSha512 : 0;
}

inline bool is_encoded(std::string_view algorithm, std::string_view text) {
  if (const std::size_t digits = digits_of(algorithm); digits != 0) {
    return text.size() == digits &&
           text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
  }
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return is_lower_or_digit(c) || (c >= 'A' && c <= 'Z') || c == '=' || c == '_' || c == '-';
  });
}

}  // namespace digest_text

// sha256 has 64, sha512 128 digits, in lower case; of other algorithms only the letters are looked at.
inline bool is_digest(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return false;
  const std::string_view algorithm = text.substr(0, colon);
  return digest_text::is_algorithm(algorithm) &&
         digest_text::is_encoded(algorithm, text.substr(colon + 1));
}

}  // namespace dockerhub::hub
