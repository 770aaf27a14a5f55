#include "json_text.hpp"

namespace dockerhub::registry {

std::string_view text_member(const sdk::Value& value, std::string_view name) noexcept {
  const sdk::Value* found = find_member(value, name);
  return found != nullptr && found->IsString() ? sdk::view(*found) : std::string_view();
}

std::optional<std::uint64_t> size_member(const sdk::Value& value, std::string_view name) noexcept {
  const sdk::Value* found = find_member(value, name);
  if (found == nullptr || !found->IsUint64()) return std::nullopt;
  return found->GetUint64();
}

const sdk::Value* array_member(const sdk::Value& value, std::string_view name) noexcept {
  const sdk::Value* found = find_member(value, name);
  return found != nullptr && found->IsArray() ? found : nullptr;
}

}  // namespace dockerhub::registry
