#include "encoding/digest.hpp"
#include "hub/auth/handlers.hpp"
#include "hub/bearer.hpp"

namespace dockerhub::sandbox {
namespace {

std::optional<Answer> refuse_missing(const HubCall& call,
                                     std::initializer_list<std::string_view> members) {
  for (const std::string_view member : members) {
    if (call.body_text(member).empty())
      return hub_member_error(member, std::string(member) + " is required");
  }
  return std::nullopt;
}

// A second factor goes with the password; tokens need none.
bool needs_second_factor(const HubCall& call, const Caller& caller) {
  return caller.secret == SecretKind::password &&
         !call.world.accounts.find(caller.account)->second_factor.empty();
}

}  // namespace

Answer create_bearer(HubCall& call) {
  if (auto refusal = refuse_missing(call, {"identifier", "secret"})) return *std::move(refusal);
  const std::optional<Caller> caller =
      call.world.accounts.sign_in(call.body_text("identifier"), call.body_text("secret"));
  if (!caller || needs_second_factor(call, *caller)) return hub_login_error();
  return json_answer(200, JsonText::object({{"access_token", make_bearer(call.world, *caller)}}));
}

Answer log_in(HubCall& call) {
  const std::optional<Caller> caller =
      call.world.accounts.sign_in(call.body_text("username"), call.body_text("password"));
  if (!caller) return hub_login_error();
  if (needs_second_factor(call, *caller)) {
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
  const Caller caller{account->name, account->uuid, Reach::admin, SecretKind::password, {}};
  return json_answer(200, JsonText::object({{"token", make_bearer(call.world, caller)}}));
}

}  // namespace dockerhub::sandbox
