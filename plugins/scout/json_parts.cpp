#include "json_parts.hpp"

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

}  // namespace dockerhub::scout
