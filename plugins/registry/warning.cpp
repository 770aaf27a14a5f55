#include "warning.hpp"

#include "registry_words.hpp"

namespace dockerhub::registry {

std::optional<std::string> warning_text(std::string_view header) {
  constexpr std::string_view kStart = "299 - \"";
  if (header.substr(0, kStart.size()) != kStart) return std::nullopt;
  std::string text;
  for (std::size_t i = kStart.size(); i < header.size() && header[i] != '"'; ++i) {
    if (header[i] == '\\' && i + 1 < header.size()) ++i;
    text += header[i];
  }
  if (text.empty()) return std::nullopt;
  return shown_words(text);
}

bool WarningFilter::is_new(const std::string& text) {
  if (bytes_ + text.size() > kMostBytes || !told_.insert(text).second) return false;
  bytes_ += text.size();
  return true;
}

}  // namespace dockerhub::registry
