// Texts of rows with places for parameters: {name}, or {name|otherwise} with what stands there when none
// was given. Every other brace is itself, so that a text may be JSON. Pure; any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "dockerhub/sdk/params.hpp"

namespace dockerhub::sdk {

struct TextPlace {
  std::size_t begin = 0, end = 0;  // in the text
  std::string_view name{};
  std::optional<std::string_view> otherwise{};
};

constexpr bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// The first place at or after `from`.
constexpr std::optional<TextPlace> next_place(std::string_view text, std::size_t from) {
  for (std::size_t open = text.find('{', from); open != std::string_view::npos;
       open = text.find('{', open + 1)) {
    std::size_t stop = open + 1;
    while (stop < text.size() && is_name_character(text[stop])) ++stop;
    if (stop == open + 1 || stop == text.size()) continue;
    const std::string_view name = text.substr(open + 1, stop - open - 1);
    if (text[stop] == '}') return TextPlace{open, stop + 1, name, std::nullopt};
    const std::size_t close = text.find('}', stop);
    if (text[stop] != '|' || close == std::string_view::npos) continue;
    return TextPlace{open, close + 1, name, text.substr(stop + 1, close - stop - 1)};
  }
  return std::nullopt;
}

// The text with its places filled, or nullopt when there is nothing for one of them. A value is put as it
// stands within the quotes of a JSON text; an empty one was not given.
inline std::optional<std::string> filled(std::string_view text, const Params& params) {
  std::string result;
  std::size_t at = 0;
  while (const auto place = next_place(text, at)) {
    result += text.substr(at, place->begin - at);
    const std::string_view value = params.text(place->name, std::string_view());
    if (value.empty() && !place->otherwise) return std::nullopt;
    if (value.empty()) {
      result += *place->otherwise;
    } else {
      const std::string quoted = Json(value).text();
      result += std::string_view(quoted).substr(1, quoted.size() - 2);
    }
    at = place->end;
  }
  return result + std::string(text.substr(at));
}

}  // namespace dockerhub::sdk
