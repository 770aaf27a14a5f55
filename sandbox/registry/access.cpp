#include "registry/access.hpp"

#include <algorithm>

#include "tokens/jwt.hpp"

namespace dockerhub::sandbox {
namespace {

JsonText detail_of(const std::vector<Scope>& needed) {
  std::vector<JsonText> entries;
  for (const Scope& scope : needed) {
    for (const std::string& action : scope.actions) {
      entries.push_back(JsonText::object(
          {{"Type", scope.type}, {"Class", ""}, {"Name", scope.name}, {"Action", action}}));
    }
  }
  return JsonText::array(entries);
}

// `error`: a code of RFC 6750 3.1, or empty where no token came.
Answer challenge(const RegistryCall& call, const std::vector<Scope>& needed,
                 std::string_view error) {
  std::string header = "Bearer realm=\"" + call.world.url("auth") + "/token\",service=\"" +
                       std::string(call.service) + '"';
  std::string scopes;
  for (const Scope& scope : needed) scopes += (scopes.empty() ? "" : " ") + scope.text();
  if (!scopes.empty()) header += ",scope=\"" + scopes + '"';
  if (!error.empty()) header += ",error=\"" + std::string(error) + '"';
  return registry_error(401, "UNAUTHORIZED", "authentication required", detail_of(needed))
      .set("WWW-Authenticate", header);
}

std::vector<Scope> held_scopes(const json::Document& claims) {
  std::vector<Scope> scopes;
  const json::Value* access = json::find(claims, "access");
  if (access == nullptr || !access->IsArray()) return scopes;
  for (const auto& entry : access->GetArray()) {
    Scope scope{
        std::string(json::text_of(entry, "type")), std::string(json::text_of(entry, "name")), {}};
    const json::Value* actions = json::find(entry, "actions");
    if (actions == nullptr || !actions->IsArray()) continue;
    for (const auto& action : actions->GetArray()) {
      if (action.IsString()) scope.actions.emplace_back(json::view(action));
    }
    scopes.push_back(std::move(scope));
  }
  return scopes;
}

bool covers(const std::vector<Scope>& held, const Scope& needed) {
  return std::all_of(needed.actions.begin(), needed.actions.end(), [&](const std::string& action) {
    return std::any_of(held.begin(), held.end(), [&](const Scope& scope) {
      return scope.type == needed.type && scope.name == needed.name && scope.has(action);
    });
  });
}

std::optional<Answer> refuse_token(RegistryCall& call, const std::vector<Scope>& needed) {
  constexpr std::string_view scheme = "Bearer ";
  const std::string authorization = call.request.header("Authorization").value_or("");
  if (!authorization.starts_with(scheme)) return challenge(call, needed, "");
  const std::optional<json::Document> claims =
      read_jwt(call.world.key, std::string_view(authorization).substr(scheme.size()));
  if (!claims || json::text_of(*claims, "aud") != call.service)
    return challenge(call, needed, "invalid_token");
  const std::vector<Scope> held = held_scopes(*claims);
  for (const Scope& scope : needed) {
    if (!covers(held, scope)) return challenge(call, needed, "insufficient_scope");
  }
  if (const Account* account = call.world.accounts.find(json::text_of(*claims, "sub")))
    call.caller = Caller{account->name, account->uuid, Reach::public_read, {}, {}};
  return std::nullopt;
}

std::optional<Answer> refuse_basic(RegistryCall& call, const std::vector<Scope>& needed) {
  World& world = call.world;
  call.caller = sign_in_basic(world.accounts, call.request.header("Authorization").value_or(""));
  const Answer refusal =
      registry_error(401, "UNAUTHORIZED", "authentication required", detail_of(needed))
          .set("WWW-Authenticate", "Basic realm=\"sandbox\"");
  if (!call.caller &&
      (call.request.header("Authorization") || !world.settings.anonymous_pull || needed.empty()))
    return refusal;
  const GrantRequest request{world.accounts, &call.store, call.caller, true};
  for (const Scope& scope : needed) {
    if (covers({grant(request, scope).value_or(Scope{})}, scope)) continue;
    if (!call.caller) return refusal;
    return registry_error(403, "DENIED", "requested access to the resource is denied",
                          detail_of(needed));
  }
  return std::nullopt;
}

}  // namespace

std::optional<Answer> refuse_access(RegistryCall& call, const std::vector<Scope>& needed) {
  const std::string& kind = call.world.settings.authentication;
  if (kind == "none") return std::nullopt;
  return kind == "basic" ? refuse_basic(call, needed) : refuse_token(call, needed);
}

}  // namespace dockerhub::sandbox
