#include "members.hpp"

namespace dockerhub::hub {

const sdk::Value* member(const sdk::Value& value, std::string_view name) {
  if (!value.IsObject()) return nullptr;
  const sdk::Value key(name.empty() ? "" : name.data(),
                       static_cast<rapidjson::SizeType>(name.size()));
  const auto found = value.FindMember(key);
  return found == value.MemberEnd() || found->value.IsNull() ? nullptr : &found->value;
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

}  // namespace dockerhub::hub
