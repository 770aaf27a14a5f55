#include "digest_name.hpp"

#include <algorithm>

#include "characters.hpp"

namespace dockerhub::registry {
namespace {

// Longer ones are refused: the name becomes a part of a URL.
constexpr std::size_t kMostText = 300;

bool is_separator(char c) {
  return c == '+' || c == '.' || c == '_' || c == '-';
}

// [a-z0-9]+([+._-][a-z0-9]+)*
bool is_algorithm(std::string_view text) {
  if (text.empty() || !is_lower_alnum(text.front()) || !is_lower_alnum(text.back())) return false;
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (is_separator(text[i]) && is_separator(text[i - 1])) return false;
    if (!is_separator(text[i]) && !is_lower_alnum(text[i])) return false;
  }
  return true;
}

bool is_encoded(std::string_view text) {
  return !text.empty() &&
         all_of(text, [](char c) { return is_alnum(c) || c == '=' || c == '_' || c == '-'; });
}

std::size_t hex_digits(std::string_view algorithm) {
  constexpr std::size_t kSha256 = 64;
  constexpr std::size_t kSha512 = 128;
  return algorithm == "sha256" ? kSha256 : algorithm == "sha512" ? kSha512 : 0;
}

std::string_view cut(std::string_view text, std::size_t most) {
  return text.substr(0, most);
}

}  // namespace

std::optional<DigestName> DigestName::parse(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || text.size() > kMostText) return std::nullopt;
  const std::string_view algorithm = text.substr(0, colon);
  const std::string_view encoded = text.substr(colon + 1);
  if (!is_algorithm(algorithm) || !is_encoded(encoded)) return std::nullopt;
  const std::size_t digits = hex_digits(algorithm);
  if (digits != 0 && (encoded.size() != digits || !all_of(encoded, is_lower_hex)))
    return std::nullopt;
  return DigestName(text, colon);
}

Checked<DigestName> DigestName::of_parameter(std::string_view parameter, std::string_view text) {
  if (auto digest = parse(text)) return *digest;
  return wrong_parameter(std::string(parameter), "is no digest: " + quoted(text),
                         "A digest is sha256: and 64, or sha512: and 128, hexadecimal digits in "
                         "lower case; hub_registry resolve_digest gives that of a tag.");
}

std::string fallback_tag(const DigestName& digest) {
  constexpr std::size_t kMostAlgorithm = 32;
  constexpr std::size_t kMostEncoded = 64;
  std::string tag = std::string(cut(digest.algorithm(), kMostAlgorithm)) + "-" +
                    std::string(cut(digest.encoded(), kMostEncoded));
  std::replace_if(
      tag.begin(), tag.end(),
      [](char c) { return !is_alnum(c) && c != '.' && c != '_' && c != '-'; }, '-');
  return tag;
}

}  // namespace dockerhub::registry
