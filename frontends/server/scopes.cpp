#include "scopes.hpp"

#include <algorithm>
#include <array>

namespace dockerhub::server {
namespace {

constexpr std::string_view kPrefix = "dockerhub:";
constexpr std::array<Effect, 3> kEffects = {Effect::destructive, Effect::write, Effect::read};

web::Response challenge(int status, const std::string& text, const std::string& value) {
  web::Response response = web::text_response(status, text);
  response.headers.emplace_back("WWW-Authenticate", value);
  return response;
}

}  // namespace

std::string scope_of(Effect effect) {
  return std::string(kPrefix) + std::string(effect_name(effect));
}

std::optional<Effect> most_of(const std::vector<std::string>& scopes) {
  for (const Effect effect : kEffects) {
    if (std::find(scopes.begin(), scopes.end(), scope_of(effect)) != scopes.end()) return effect;
  }
  return std::nullopt;
}

std::vector<std::string> scopes_for(Effect effect) {
  std::vector<std::string> scopes;
  for (auto each = kEffects.rbegin(); each != kEffects.rend() && *each <= effect; ++each) {
    scopes.push_back(scope_of(*each));
  }
  return scopes;
}

std::string scope_list(const std::vector<std::string>& scopes) {
  std::string text;
  for (const std::string& scope : scopes) text += (text.empty() ? "" : " ") + scope;
  return text;
}

web::Response unauthorized(bool presented, std::string_view parameters) {
  std::string value = "Bearer realm=\"dockerhub\"";
  if (presented) value += ", error=\"invalid_token\"";
  value += parameters;
  return challenge(web::status::kUnauthorized,
                   presented ? "The token is not accepted.\n" : "A token is needed.\n", value);
}

web::Response insufficient_scope(const std::vector<std::string>& needed,
                                 std::string_view parameters) {
  std::string value = "Bearer realm=\"dockerhub\", error=\"insufficient_scope\", scope=\"";
  value += scope_list(needed);
  value += '"';
  value += parameters;
  return challenge(web::status::kForbidden, "The token's scopes do not allow this.\n", value);
}

}  // namespace dockerhub::server
