// A part of a JSON text as it stands there: what has a digest must not be written anew. Pure; any thread.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "dockerhub/sdk/json.hpp"

namespace dockerhub::sdk {

// Walks over the text of one JSON value that is known to be valid.
class RawCursor {
 public:
  explicit RawCursor(std::string_view text) : text_(text) {}

  char peek() {
    at_ = std::min(text_.find_first_not_of(" \t\r\n", at_), text_.size());
    return at_ < text_.size() ? text_[at_] : '\0';
  }
  void step() { ++at_; }

  // The text of the value that begins here.
  std::string_view value() {
    const char first = peek();
    const std::size_t begin = at_;
    if (first == '"') {
      pass_string();
    } else if (first == '{' || first == '[') {
      pass_nested();
    } else {
      at_ = std::min(text_.find_first_of(",]} \t\r\n", at_), text_.size());
    }
    return text_.substr(begin, at_ - begin);
  }

 private:
  void pass_string() {
    for (++at_; at_ < text_.size() && text_[at_] != '"'; ++at_) {
      if (text_[at_] == '\\') ++at_;
    }
    step();
  }
  void pass_nested() {
    std::size_t depth = 0;
    do {
      const char c = at_ < text_.size() ? text_[at_] : '\0';
      if (c == '"') {
        pass_string();
        continue;
      }
      if (c == '{' || c == '[') ++depth;
      if (c == '}' || c == ']') --depth;
      step();
    } while (depth > 0 && at_ < text_.size());
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

// The text of a member of the object `json`; nullopt: there is none. `json` is valid JSON. Of two members
// with the same name the first is meant.
inline std::optional<std::string_view> raw_member(std::string_view json, std::string_view name) {
  const std::string key = Json(name).text();
  RawCursor cursor(json);
  if (cursor.peek() != '{') return std::nullopt;
  do {
    cursor.step();
    if (cursor.peek() != '"') return std::nullopt;
    const std::string_view found = cursor.value();
    if (cursor.peek() != ':') return std::nullopt;
    cursor.step();
    const std::string_view value = cursor.value();
    if (found == key) return value;
  } while (cursor.peek() == ',');
  return std::nullopt;
}

}  // namespace dockerhub::sdk
