#include "encoding/digest.hpp"
#include "hub/bearer.hpp"
#include "hub/handlers.hpp"

namespace dockerhub::sandbox {
namespace {

std::optional<Caller> caller_of(const HubCall& call, std::string_view name,
                                std::string_view secret) {
  return call.world.accounts.sign_in(call.body_text(name), call.body_text(secret));
}

}  // namespace

Answer create_access_token(HubCall& call) {
  for (const std::string_view member : {"identifier", "secret"}) {
    if (call.body_text(member).empty())
      return hub_member_error(member, std::string(member) + " is required");
  }
  const std::optional<Caller> caller = caller_of(call, "identifier", "secret");
  if (!caller) return hub_login_error();
  return json_answer(200, JsonText::object({{"access_token", make_bearer(call.world, *caller)}}));
}

Answer log_in(HubCall& call) {
  const std::optional<Caller> caller = caller_of(call, "username", "password");
  if (!caller) return hub_login_error();
  if (!call.world.accounts.find(caller->account)->second_factor.empty()) {
    const std::string token = random_hex(24);
    call.world.second_factors.insert_or_assign(token, caller->account);
    return json_answer(
        401,
        JsonText::object({{"detail", "Require secondary authentication on MFA enabled account"},
                          {"login_2fa_token", token}}));
  }
  return json_answer(200, JsonText::object({{"token", make_bearer(call.world, *caller)},
                                            {"refresh_token", random_hex(24)}}));
}

Answer log_in_second_factor(HubCall& call) {
  const auto known = call.world.second_factors.find(call.body_text("login_2fa_token"));
  if (known == call.world.second_factors.end()) return hub_login_error();
  const Account* account = call.world.accounts.find(known->second);
  if (account->second_factor != call.body_text("code")) return hub_login_error();
  call.world.second_factors.erase(known);
  const Caller caller{account->name, account->uuid, Reach::admin};
  return json_answer(200, JsonText::object({{"token", make_bearer(call.world, caller)}}));
}

}  // namespace dockerhub::sandbox
