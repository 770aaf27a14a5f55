#include "registry_words.hpp"

#include <algorithm>

#include "dockerhub/sdk/outside_text.hpp"
#include "dockerhub/sdk/utf8.hpp"
#include "json_text.hpp"

namespace dockerhub::registry {

std::string registry_words(std::string_view body) {
  constexpr std::size_t kMostWords = 1024;
  const auto document = parse_json(body);
  const sdk::Value* errors = document ? array_member(*document, "errors") : nullptr;
  if (errors == nullptr) return {};
  std::string words;
  for (const sdk::Value& error : errors->GetArray()) {
    const std::string_view code = text_member(error, "code");
    const std::string_view message = text_member(error, "message");
    if (!words.empty()) words += "; ";
    words.append(code).append(code.empty() || message.empty() ? "" : ": ").append(message);
  }
  return shown_words(whole_characters(words, kMostWords));
}

std::string shown_words(std::string_view text) {
  std::string shown = sdk::outside_text(text).substr(sdk::kOutsideMark.size());
  const auto is_break = [](char c) { return c == '\n' || c == '\t'; };
  std::replace_if(shown.begin(), shown.end(), is_break, ' ');
  return shown;
}

std::string_view whole_characters(std::string_view text, std::size_t most) {
  std::size_t end = 0;
  while (end < text.size()) {
    const std::size_t size = std::max<std::size_t>(1, sdk::utf8_sequence(text.substr(end)));
    if (size > most - end) break;
    end += size;
  }
  return text.substr(0, end);
}

}  // namespace dockerhub::registry
