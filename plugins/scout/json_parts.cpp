#include "json_parts.hpp"

#include "hub/members.hpp"

namespace dockerhub::scout {

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

}  // namespace dockerhub::scout
