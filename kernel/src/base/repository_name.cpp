#include "base/repository_name.hpp"

#include <algorithm>

namespace dockerhub {
namespace {

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

// A separator between two words: one dot, one or two underscores, any number of hyphens.
bool is_separator(std::string_view text) {
  return text == "." || text == "_" || text == "__" ||
         std::all_of(text.begin(), text.end(), [](char c) { return c == '-'; });
}

bool is_component(std::string_view text) {
  if (text.empty() || !is_word(text.front()) || !is_word(text.back())) return false;
  std::size_t at = 0;
  while (at < text.size()) {
    while (at < text.size() && is_word(text[at])) ++at;
    const std::size_t start = at;
    while (at < text.size() && !is_word(text[at])) ++at;
    if (at > start && !is_separator(text.substr(start, at - start))) return false;
  }
  return true;
}

}  // namespace

bool is_repository_name(std::string_view name) {
  if (name.size() > kMaxRepositoryName) return false;
  while (true) {
    const std::size_t slash = name.find('/');
    if (!is_component(name.substr(0, slash))) return false;
    if (slash == std::string_view::npos) return true;
    name.remove_prefix(slash + 1);
  }
}

}  // namespace dockerhub
