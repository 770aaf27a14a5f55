// URI templates of resources (RFC 6570, level 1): each {name} stands for one or more characters up
// to the text that follows it, never for a "/".
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dockerhub/sdk/json.hpp"

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
  while (!uri_template.empty()) {
    const std::size_t open = uri_template.find('{');
    const std::string_view fixed = uri_template.substr(0, open);
    if (uri.substr(0, fixed.size()) != fixed) return std::nullopt;
    uri.remove_prefix(fixed.size());
    uri_template.remove_prefix(fixed.size());
    if (uri_template.empty()) break;
    const std::size_t close = uri_template.find('}');
    if (close == std::string_view::npos) return std::nullopt;
    const std::string_view name = uri_template.substr(1, close - 1);
    uri_template.remove_prefix(close + 1);
    const char stop = uri_template.empty() ? '/' : uri_template.front();
    const std::size_t end = std::min(uri.find(stop), uri.find('/'));
    const std::string_view value = uri.substr(0, end);
    if (value.empty()) return std::nullopt;
    variables.emplace_back(name, percent_decoded(value));
    uri.remove_prefix(value.size());
  }
  if (!uri.empty()) return std::nullopt;
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
