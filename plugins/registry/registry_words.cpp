#include "registry_words.hpp"

#include <cstddef>

#include "dockerhub/sdk/outside_text.hpp"
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
  return shown_words(sdk::utf8_prefix(words, kMostWords));
}

std::string shown_words(std::string_view text) {
  return sdk::shown_text(text, true);
}

}  // namespace dockerhub::registry
