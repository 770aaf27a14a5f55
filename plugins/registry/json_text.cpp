#include "json_text.hpp"

namespace dockerhub::registry {

const sdk::Value* member(const sdk::Value& value, std::string_view name) {
  if (!value.IsObject()) return nullptr;
  const sdk::Value key(name.data(), static_cast<rapidjson::SizeType>(name.size()));
  const auto found = value.FindMember(key);
  return found == value.MemberEnd() ? nullptr : &found->value;
}

std::string_view text_member(const sdk::Value& value, std::string_view name) {
  const sdk::Value* found = member(value, name);
  return found != nullptr && found->IsString() ? sdk::view(*found) : std::string_view();
}

std::optional<std::uint64_t> size_member(const sdk::Value& value, std::string_view name) {
  const sdk::Value* found = member(value, name);
  if (found == nullptr || !found->IsUint64()) return std::nullopt;
  return found->GetUint64();
}

const sdk::Value* array_member(const sdk::Value& value, std::string_view name) {
  const sdk::Value* found = member(value, name);
  return found != nullptr && found->IsArray() ? found : nullptr;
}

sdk::Json with_member(const sdk::Json& object, std::string_view name, const sdk::Json& value) {
  const std::string& text = object.text();
  const std::string_view comma = text == "{}" ? "" : ",";
  return sdk::Json::raw(text.substr(0, text.size() - 1)
                            .append(comma)
                            .append(sdk::Json(name).text())
                            .append(":")
                            .append(value.text())
                            .append("}"));
}

sdk::Json text_or_null(std::string_view text) {
  return text.empty() ? sdk::Json(nullptr) : sdk::Json(text);
}

}  // namespace dockerhub::registry
