#include "encoding/json_text.hpp"

#include <utility>

#include "base/json.hpp"
#include "base/utf8.hpp"

namespace dockerhub::sandbox {

JsonText::JsonText(const char* value) : JsonText(std::string_view(value)) {}

JsonText::JsonText(std::string_view value) : text_(json::quote(valid_utf8(value))) {}

JsonText::JsonText(const std::optional<std::string>& value)
    : text_(value ? JsonText(*value).text_ : "null") {}

JsonText JsonText::raw(std::string json) {
  JsonText value;
  value.text_ = std::move(json);
  return value;
}

JsonText JsonText::object(const std::vector<Member>& members) {
  JsonText value;
  value.text_ = "{";
  for (const Member& member : members) {
    if (value.text_.size() > 1) value.text_ += ',';
    value.text_ += json::quote(member.key) + ':' + member.value.text();
  }
  value.text_ += '}';
  return value;
}

JsonText JsonText::array(const std::vector<JsonText>& values) {
  JsonText whole;
  whole.text_ = "[";
  for (const JsonText& value : values) {
    if (whole.text_.size() > 1) whole.text_ += ',';
    whole.text_ += value.text();
  }
  whole.text_ += ']';
  return whole;
}

JsonText JsonText::strings(const std::vector<std::string>& values) {
  return array(std::vector<JsonText>(values.begin(), values.end()));
}

}  // namespace dockerhub::sandbox
