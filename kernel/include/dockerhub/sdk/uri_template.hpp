// The variables of a resource's URI, by its template (uri_template.hpp).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dockerhub/sdk/json.hpp"
#include "dockerhub/uri_template.hpp"

namespace dockerhub::sdk {

inline int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

inline std::string percent_decoded(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escape = text[i] == '%' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 &&
                        hex_value(text[i + 2]) >= 0;
    if (escape) {
      plain += static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]));
      i += 2;
    } else {
      plain += text[i];
    }
  }
  return plain;
}

// The variables of `uri` as a JSON object of decoded texts, or nullopt when it does not fit. A
// template without variables fits itself alone and gives {}.
inline std::optional<Json> match_uri(std::string_view uri_template, std::string_view uri) {
  std::vector<std::pair<std::string_view, std::string>> variables;
  const bool fits =
      match_template(uri, uri_template, [&](std::string_view name, std::string_view value) {
        variables.emplace_back(name, percent_decoded(value));
      });
  if (!fits) return std::nullopt;
  return Json::write([&](JsonWriter& json) {
    json.StartObject();
    for (const auto& [name, value] : variables) {
      put_key(json, name);
      put(json, value);
    }
    json.EndObject();
  });
}

}  // namespace dockerhub::sdk
