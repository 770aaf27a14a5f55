#include <algorithm>
#include <iterator>

#include "encoding/digest.hpp"
#include "hub/auth/handlers.hpp"
#include "hub/auth/token_fields.hpp"

namespace dockerhub::sandbox {
namespace {

// The secret is told once, when the token is made.
JsonText token_json(const PersonalToken& token, std::string_view secret) {
  return JsonText::object({{"uuid", token.uuid},
                           {"client_id", "HUB"},
                           {"creator_ip", "127.0.0.1"},
                           {"creator_ua", "dockerhub-sandbox"},
                           {"created_at", rfc3339(token.created)},
                           {"last_used", time_json(token.last_used)},
                           {"generated_by", "manual"},
                           {"is_active", token.is_active},
                           {"token", secret},
                           {"token_label", token.label},
                           {"scopes", JsonText::strings({std::string(reach_name(token.reach))})},
                           {"expires_at", time_json(token.expires)}});
}

std::vector<PersonalToken>& tokens_of(const HubCall& call) {
  return call.world.accounts.find(call.caller->account)->tokens;
}

PersonalToken* named_token(const HubCall& call) {
  for (PersonalToken& token : tokens_of(call)) {
    if (token.uuid == call.value("uuid")) return &token;
  }
  return nullptr;
}

// The highest of the scopes that are asked for includes the others.
std::optional<Reach> wanted_reach(const HubCall& call) {
  const auto scopes = call.body_texts("scopes");
  if (!scopes || scopes->empty()) return std::nullopt;
  Reach most = Reach::public_read;
  for (const std::string& scope : *scopes) {
    const std::optional<Reach> reach = reach_of(scope);
    if (!reach) return std::nullopt;
    most = std::max(most, *reach);
  }
  return most;
}

}  // namespace

Answer create_personal_token(HubCall& call) {
  if (call.caller->secret == SecretKind::personal_token && !call.world.settings.tokens_make_tokens)
    return hub_error(403, "access to the resource is forbidden with personal access token");
  if (auto refusal = refuse_label(call, "token_label")) return *std::move(refusal);
  if (auto refusal = refuse_expiry(call)) return *std::move(refusal);
  const std::optional<Reach> reach = wanted_reach(call);
  if (!reach)
    return hub_member_error(
        "scopes", "scopes has to list repo:admin, repo:write, repo:read or repo:public_read");
  PersonalToken token;
  token.uuid = random_uuid();
  token.label = call.body_text("token_label");
  token.secret = "dckr_pat_" + random_hex(kSecretBytes);
  token.reach = *reach;
  token.created = now();
  token.expires = expiry_of(call);
  tokens_of(call).push_back(token);
  return json_answer(201, token_json(token, token.secret));
}

Answer list_personal_tokens(HubCall& call) {
  const std::vector<PersonalToken>& tokens = tokens_of(call);
  const auto active = std::count_if(tokens.begin(), tokens.end(),
                                    [](const PersonalToken& token) { return token.is_active; });
  PageForm form;
  form.past_the_end_is_404 = false;
  form.more = {{"active_count", active}};
  return hub_page(
      call, tokens.size(), [&](std::size_t index) { return token_json(tokens[index], ""); }, form);
}

Answer update_personal_token(HubCall& call) {
  PersonalToken* token = named_token(call);
  if (token == nullptr) return no_token();
  const bool labelled = call.body_has("token_label");
  const std::optional<bool> active = call.body_flag("is_active");
  if (labelled) {
    if (auto refusal = refuse_label(call, "token_label")) return *std::move(refusal);
  }
  if (call.body_has("is_active") != active.has_value())
    return hub_member_error("is_active", "is_active has to be true or false");
  if (labelled) token->label = call.body_text("token_label");
  token->is_active = active.value_or(token->is_active);
  return json_answer(200, token_json(*token, ""));
}

Answer get_personal_token(HubCall& call) {
  const PersonalToken* token = named_token(call);
  return token == nullptr ? no_token() : json_answer(200, token_json(*token, ""));
}

Answer delete_personal_token(HubCall& call) {
  const auto gone = std::erase_if(tokens_of(call), [&](const PersonalToken& token) {
    return token.uuid == call.value("uuid");
  });
  return gone == 0 ? no_token() : empty_answer(204);
}

}  // namespace dockerhub::sandbox
