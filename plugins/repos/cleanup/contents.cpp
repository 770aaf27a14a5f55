#include "contents.hpp"

#include <algorithm>

namespace dockerhub::repos::cleanup {
namespace {

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

bool is_hex(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

}  // namespace

std::uint32_t Contents::image(std::string_view digest, std::uint64_t bytes) {
  const auto [place, is_new] = places_.emplace(digest, static_cast<std::uint32_t>(images.size()));
  if (is_new) images.push_back({std::string(digest), bytes});
  return place->second;
}

bool is_tag_name(std::string_view text) {
  constexpr std::size_t kMost = 128;
  return !text.empty() && text.size() <= kMost && is_word(text.front()) &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return is_word(c) || c == '.' || c == '-'; });
}

bool is_digest(std::string_view text) {
  constexpr std::string_view kSha256 = "sha256:";
  constexpr std::string_view kSha512 = "sha512:";
  constexpr std::size_t kDigits256 = 64;
  constexpr std::size_t kDigits512 = 128;
  const std::string_view digits = text.substr(std::min(kSha256.size(), text.size()));
  const bool has_size = (text.starts_with(kSha256) && digits.size() == kDigits256) ||
                        (text.starts_with(kSha512) && digits.size() == kDigits512);
  return has_size && std::all_of(digits.begin(), digits.end(), is_hex);
}

}  // namespace dockerhub::repos::cleanup
