#include "account.hpp"

#include "members.hpp"

namespace dockerhub::hub {

std::string account_of(sdk::Context& ctx) {
  const auto identity = ctx.identity();
  if (!identity) return {};
  const std::string_view name = text_member(*identity, "name");
  if (!name.empty()) return std::string(name);
  const sdk::Value* claims = member(*identity, "claims");
  return claims == nullptr ? std::string() : std::string(text_member(*claims, "username"));
}

}  // namespace dockerhub::hub
