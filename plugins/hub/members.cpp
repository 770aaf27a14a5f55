#include "members.hpp"

#include <string>

namespace dockerhub::hub {

const sdk::Value* member(const sdk::Value& value, std::string_view name) {
  const sdk::Value* found = sdk::find_member(value, name);
  return found == nullptr || found->IsNull() ? nullptr : found;
}

std::string_view text_member(const sdk::Value& value, std::string_view name) {
  const sdk::Value* found = member(value, name);
  return found != nullptr && found->IsString() ? sdk::view(*found) : std::string_view();
}

std::uint64_t number_member(const sdk::Value& value, std::string_view name) {
  const sdk::Value* found = member(value, name);
  return found != nullptr && found->IsUint64() ? found->GetUint64() : 0;
}

const sdk::Value* array_member(const sdk::Value& value, std::string_view name) {
  const sdk::Value* found = member(value, name);
  return found != nullptr && found->IsArray() ? found : nullptr;
}

sdk::Json with(const sdk::Json& object, std::initializer_list<sdk::Field> members) {
  std::string text = object.text();
  const std::string more = sdk::Json(members).text();
  if (text == "{}") return sdk::Json::raw(more);
  text.back() = ',';
  return sdk::Json::raw(text.append(more, 1));
}

}  // namespace dockerhub::hub
