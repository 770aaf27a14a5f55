#include "contents.hpp"

#include <algorithm>

#include "hub/digest_text.hpp"

namespace dockerhub::repos::cleanup {
namespace {

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
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
  return hub::is_digest(text) && hub::digest_text::digits_of(text.substr(0, text.find(':'))) != 0;
}

}  // namespace dockerhub::repos::cleanup
