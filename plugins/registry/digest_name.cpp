#include "digest_name.hpp"

#include <algorithm>

#include "characters.hpp"
#include "hub/composed.hpp"
#include "hub/digest_text.hpp"

namespace dockerhub::registry {
namespace {

// Longer ones are refused: the name becomes a part of a URL.
constexpr std::size_t kMostText = 300;

std::string_view cut(std::string_view text, std::size_t most) {
  return text.substr(0, most);
}

}  // namespace

std::optional<DigestName> DigestName::parse(std::string_view text) {
  if (text.size() > kMostText || !hub::is_digest(text)) return std::nullopt;
  return DigestName(text, text.find(':'));
}

Checked<DigestName> DigestName::of_parameter(const char* parameter, std::string_view text) {
  if (auto digest = parse(text)) return *digest;
  return wrong_parameter(parameter, hub::composed("is no digest: {}", {quoted(text)}),
                         "A digest is sha256: and 64, or sha512: and 128, hexadecimal digits in "
                         "lower case; hub_registry resolve_digest gives that of a tag.");
}

std::string fallback_tag(const DigestName& digest) {
  constexpr std::size_t kMostAlgorithm = 32;
  constexpr std::size_t kMostEncoded = 64;
  std::string tag = hub::composed(
      "{}-{}", {cut(digest.algorithm(), kMostAlgorithm), cut(digest.encoded(), kMostEncoded)});
  std::replace_if(
      tag.begin(), tag.end(),
      [](char c) { return !is_alnum(c) && c != '.' && c != '_' && c != '-'; }, '-');
  return tag;
}

}  // namespace dockerhub::registry
