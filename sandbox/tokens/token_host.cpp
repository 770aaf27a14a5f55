#include "tokens/token_host.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "encoding/digest.hpp"
#include "encoding/query.hpp"
#include "exchange/routes.hpp"
#include "tokens/jwt.hpp"

namespace dockerhub::sandbox {
namespace {

// A token that is asked for, whichever way.
struct TokenRequest {
  std::string service;
  std::vector<Scope> scopes;
  std::optional<Caller> caller;
  bool refresh_token = false;
};

std::vector<Scope> read_scopes(const std::vector<std::string>& values) {
  std::vector<Scope> scopes;
  for (std::string_view rest : values) {
    while (!rest.empty()) {
      const std::string_view one = rest.substr(0, rest.find(' '));
      rest.remove_prefix(std::min(one.size() + 1, rest.size()));
      if (std::optional<Scope> scope = read_scope(one)) scopes.push_back(*std::move(scope));
    }
  }
  return scopes;
}

const TokenAudience* find_audience(const World& world, std::string_view service) {
  for (const TokenAudience& audience : world.audiences) {
    if (audience.service == service) return &audience;
  }
  return nullptr;
}

std::vector<Scope> granted_scopes(const World& world, const TokenAudience& audience,
                                  const TokenRequest& wanted) {
  const GrantRequest request{world.accounts, audience.store, wanted.caller,
                             world.settings.anonymous_pull};
  std::vector<Scope> granted;
  for (const Scope& scope : wanted.scopes) {
    if (std::optional<Scope> part = grant(request, scope)) granted.push_back(*std::move(part));
  }
  return granted;
}

std::string scope_text(const std::vector<Scope>& scopes) {
  std::string text;
  for (const Scope& scope : scopes) text += (text.empty() ? "" : " ") + scope.text();
  return text;
}

// `oauth`: the answer to a POST, which names the token and the scope otherwise.
Answer token_answer(World& world, const TokenRequest& wanted, bool oauth) {
  const TokenAudience* audience = find_audience(world, wanted.service);
  if (audience == nullptr)
    return json_answer(400, JsonText::object({{"details", "there is no such service"}}));
  const std::vector<Scope> granted = granted_scopes(world, *audience, wanted);
  const std::string token = make_registry_token(world, *audience, wanted.caller, granted);
  const std::string& field = world.settings.token_field;

  std::vector<JsonText::Member> members;
  if (!oauth && field != "access_token") members.push_back({"token", token});
  if (oauth || field != "token") members.push_back({"access_token", token});
  if (oauth) members.push_back({"scope", scope_text(granted)});
  if (world.settings.token_expires_in)
    members.push_back({"expires_in", world.settings.token_lifetime});
  members.push_back({"issued_at", rfc3339(now())});
  if (wanted.refresh_token && wanted.caller) {
    const std::string refresh = random_hex(24);
    world.refresh_tokens.insert_or_assign(refresh, *wanted.caller);
    members.push_back({"refresh_token", refresh});
  }
  return json_answer(200, JsonText::object(members));
}

Answer get_token(World& world, const Request& request) {
  const Query query(request.query);
  TokenRequest wanted;
  wanted.service = query.text("service");
  wanted.scopes = read_scopes(query.values("scope"));
  wanted.refresh_token = query.text("offline_token") == "true";
  if (const auto authorization = request.header("Authorization")) {
    wanted.caller = sign_in_basic(world.accounts, *authorization);
    if (!wanted.caller)
      return json_answer(401, JsonText::object({{"details", "incorrect username or password"}}));
  }
  return token_answer(world, wanted, false);
}

std::optional<Caller> caller_of_grant(World& world, const Query& form) {
  if (form.text("grant_type") == "password")
    return world.accounts.sign_in(form.text("username"), form.text("password"));
  if (form.text("grant_type") != "refresh_token") return std::nullopt;
  const auto known = world.refresh_tokens.find(form.text("refresh_token"));
  if (known == world.refresh_tokens.end()) return std::nullopt;
  return known->second;
}

Answer post_token(World& world, const Request& request) {
  if (!world.settings.token_post) return text_answer(404, "404 page not found\n");
  const Query form(request.body);
  if (form.text("client_id").empty())
    return json_answer(400, JsonText::object({{"error", "invalid_request"}}));
  TokenRequest wanted;
  wanted.service = form.text("service");
  wanted.scopes = read_scopes(form.values("scope"));
  wanted.refresh_token = form.text("access_type") == "offline";
  wanted.caller = caller_of_grant(world, form);
  if (!wanted.caller) return json_answer(401, JsonText::object({{"error", "invalid_grant"}}));
  return token_answer(world, wanted, true);
}

struct Row {
  std::string_view method;
  std::string_view path;
  Answer (*handler)(World& world, const Request& request);
};
constexpr std::array<Row, 2> kRows = {
    {{"GET", "/token", &get_token}, {"POST", "/token", &post_token}}};

}  // namespace

Answer answer_token_request(World& world, const Request& request) {
  const auto route = find_route(std::span<const Row>(kRows), request.method, request.path);
  if (route.row != nullptr) return route.row->handler(world, request);
  if (route.allowed.empty()) return text_answer(404, "404 page not found\n");
  return text_answer(405, "Method not allowed\n").set("Allow", route.allowed);
}

std::string make_registry_token(const World& world, const TokenAudience& audience,
                                const std::optional<Caller>& caller,
                                const std::vector<Scope>& granted) {
  const UnixTime time = now();
  return make_jwt(world.key, JsonText::object({{"iss", audience.issuer},
                                               {"sub", caller ? caller->account : std::string()},
                                               {"aud", audience.service},
                                               {"iat", time},
                                               {"nbf", time - 5},
                                               {"exp", time + world.settings.token_lifetime},
                                               {"jti", random_uuid()},
                                               {"access", access_claim(granted)}}));
}

}  // namespace dockerhub::sandbox
