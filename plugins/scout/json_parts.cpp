#include "json_parts.hpp"

#include <algorithm>

#include "hub/members.hpp"

namespace dockerhub::scout {
namespace {

// Walks over the text of one JSON value that is known to be valid.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : text_(text) {}

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

}  // namespace

bool flag_member(const sdk::Value& value, std::string_view name) {
  const sdk::Value* found = hub::member(value, name);
  return found != nullptr && found->IsBool() && found->GetBool();
}

std::optional<double> number_member(const sdk::Value& value, std::string_view name) {
  const sdk::Value* found = hub::member(value, name);
  if (found == nullptr || !found->IsNumber()) return std::nullopt;
  return found->GetDouble();
}

std::vector<std::string> texts_member(const sdk::Value& value, std::string_view name) {
  std::vector<std::string> texts;
  const sdk::Value* found = hub::array_member(value, name);
  if (found == nullptr) return texts;
  for (const sdk::Value& element : found->GetArray()) {
    if (element.IsString()) texts.emplace_back(sdk::view(element));
  }
  return texts;
}

sdk::Json text_or_null(std::string_view text) {
  return text.empty() ? sdk::Json(nullptr) : sdk::Json(text);
}

sdk::Json number_or_null(const std::optional<double>& number) {
  return number ? sdk::Json(*number) : sdk::Json(nullptr);
}

sdk::Json with_member(const sdk::Json& object, std::string_view name, const sdk::Json& value) {
  const std::string& text = object.text();
  return sdk::Json::raw(text.substr(0, text.size() - 1)
                            .append(text == "{}" ? "" : ",")
                            .append(sdk::Json(name).text())
                            .append(":")
                            .append(value.text())
                            .append("}"));
}

std::optional<std::string_view> raw_member(std::string_view json, std::string_view name) {
  const std::string key = sdk::Json(name).text();
  Cursor cursor(json);
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

}  // namespace dockerhub::scout
