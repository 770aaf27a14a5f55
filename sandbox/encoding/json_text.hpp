// JSON that is written: a value composed of smaller ones, kept as its text. Members keep the order in
// which they are given, so that equal input gives equal bytes (and digests). Reading is done with the
// kernel's base/json.hpp. A plain value; no shared state.
#pragma once

#include <concepts>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dockerhub::sandbox {

class JsonText {
 public:
  struct Member;

  // Implicit on purpose: `object({{"count", 3}, {"next", nullptr}})` reads like the JSON it makes.
  JsonText(std::nullptr_t) : text_("null") {}
  JsonText(bool value) : text_(value ? "true" : "false") {}
  template <std::integral Number>
  JsonText(Number value) : text_(std::to_string(value)) {}
  // Bytes that are no UTF-8 become U+FFFD.
  JsonText(const char* value);
  JsonText(std::string_view value);
  JsonText(const std::string& value) : JsonText(std::string_view(value)) {}
  // null when there is none.
  JsonText(const std::optional<std::string>& value);

  // `json` is a JSON text already.
  static JsonText raw(std::string json);
  static JsonText object(const std::vector<Member>& members);
  static JsonText array(const std::vector<JsonText>& values);
  static JsonText strings(const std::vector<std::string>& values);

  const std::string& text() const { return text_; }

 private:
  JsonText() = default;

  std::string text_;
};

struct JsonText::Member {
  std::string_view key;
  JsonText value;
};

}  // namespace dockerhub::sandbox
