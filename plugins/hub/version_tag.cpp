#include "version_tag.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "contains.hpp"

namespace dockerhub::hub {
namespace {

bool is_decimal(char c) {
  return c >= '0' && c <= '9';
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

// Takes the number at the front; nullopt: there is none, or it is too large.
std::optional<std::uint64_t> take_number(std::string_view& text) {
  std::uint64_t number = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (problem != std::errc()) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return number;
}

// "rc", "rc1", "beta2", "20240131".
bool comes_before(std::string_view identifier) {
  constexpr std::array<std::string_view, 14> kWords = {
      "alpha",    "beta",    "rc",     "pre",  "preview",  "dev",  "",
      "snapshot", "nightly", "canary", "next", "unstable", "test", "m"};
  std::string word;
  for (const char c : identifier) word += lower(c);
  const std::size_t end = word.find_last_not_of("0123456789");
  word.resize(end == std::string::npos ? 0 : end + 1);
  return !identifier.empty() && contains(kWords, word);
}

// A number after the first identifier belongs to the variant: "alpine3-2".
bool says_prerelease(std::string_view suffix) {
  bool is_first = true;
  while (!suffix.empty()) {
    const std::size_t end = std::min(suffix.find_first_of("-._"), suffix.size());
    const std::string_view identifier = suffix.substr(0, end);
    const bool is_number = std::all_of(identifier.begin(), identifier.end(), is_decimal);
    if (comes_before(identifier) && (is_first || !is_number)) return true;
    suffix.remove_prefix(std::min(end + 1, suffix.size()));
    is_first = false;
  }
  return false;
}

}  // namespace

std::optional<VersionTag> parse_version(std::string_view tag) {
  constexpr std::size_t kMostNumbers = 3;
  if (!tag.empty() && lower(tag.front()) == 'v') tag.remove_prefix(1);
  VersionTag version;
  while (true) {
    const auto number = take_number(tag);
    if (!number || version.numbers.size() == kMostNumbers) return std::nullopt;
    version.numbers.push_back(*number);
    if (tag.empty() || tag.front() != '.') break;
    tag.remove_prefix(1);
  }
  if (tag.empty()) return version;
  if (tag.front() != '-' || tag.size() == 1) return std::nullopt;
  tag.remove_prefix(1);
  version.is_prerelease = says_prerelease(tag);
  version.variant = tag;
  return version;
}

}  // namespace dockerhub::hub
