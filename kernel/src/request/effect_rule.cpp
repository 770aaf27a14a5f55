#include "request/effect_rule.hpp"

#include <algorithm>
#include <array>

#include "base/json.hpp"
#include "base/pattern.hpp"
#include "http/url.hpp"

namespace dockerhub {
namespace {

using Condition = bool (*)(const json::Value& body);

bool always(const json::Value&) {
  return true;
}

bool changes_status(const json::Value& body) {
  return json::find(body, "status") != nullptr;
}

// A full replacement that leaves `enabled` out deactivates the user as well.
bool deactivates(const json::Value& body) {
  const json::Value* active = json::find(body, "active");
  const bool inactive = active != nullptr && active->IsBool() && !active->GetBool();
  return inactive || !json::flag_of(body, "enabled");
}

struct Route {
  std::string_view method;
  const char* path;  // PCRE over the encoded path
  Condition condition;
};

constexpr auto kDangerous = std::to_array<Route>({
    {"PUT", "/v2/orgs/[^/]+/settings/?", always},
    {"PATCH", "/v2/(?:namespaces/[^/]+/)?repositories/[^/]+(?:/[^/]+)?/?", changes_status},
    {"PUT", "/v2/scim/2\\.0/Users/[^/]+/?", deactivates},
});

// Requests that change nothing although their method says so. Names in plain letters only: what is
// encoded may mean another place to the server.
constexpr auto kHarmless = std::to_array<Route>({
    {"POST",
     "/v2/namespaces/[a-z0-9][a-z0-9_-]*/repositories/[a-z0-9][a-z0-9._-]*/immutabletags/verify",
     always},
});

bool is_harmless(const RequestFacts& facts) {
  return std::any_of(kHarmless.begin(), kHarmless.end(), [&](const Route& route) {
    return route.method == facts.method && matches(route.path, facts.path);
  });
}

// A body that cannot be read here may say anything to a server that is less strict.
bool is_dangerous(const RequestFacts& facts) {
  const std::string path = http::with_plain_letters(facts.path);
  const auto body = json::parse(facts.body.empty() ? "{}" : facts.body);
  const bool readable = body && !facts.streamed;
  return std::any_of(kDangerous.begin(), kDangerous.end(), [&](const Route& route) {
    return route.method == facts.method && matches(route.path, path) &&
           (!readable || route.condition(*body));
  });
}

// A keyword cannot be written with escapes (GraphQL, October 2021, section 2.1), so a document that
// changes something holds one of these words.
bool only_asks(std::string_view document) {
  return !document.empty() && document.find("mutation") == std::string_view::npos &&
         document.find("subscription") == std::string_view::npos;
}

// Other members may name a stored document, and of two members with one name a server may take either.
bool is_graphql_query(const RequestFacts& facts) {
  const auto body = json::parse(facts.body.empty() ? "{}" : facts.body);
  if (facts.streamed || !body || !body->IsObject()) return false;
  const auto members = [&](std::string_view name) {
    return std::count_if(body->MemberBegin(), body->MemberEnd(),
                         [&](const auto& member) { return json::view(member.name) == name; });
  };
  const auto others = members("operationName") + members("variables");
  return members("query") == 1 && body->MemberCount() == static_cast<std::size_t>(others) + 1 &&
         only_asks(json::text_of(*body, "query"));
}

}  // namespace

Effect effect_of(const RequestFacts& facts) {
  if (facts.method == "GET" || facts.method == "HEAD") return Effect::read;
  if (facts.method == "POST" && facts.safe_query) return Effect::read;
  if (facts.method == "POST" && facts.scout && is_graphql_query(facts)) return Effect::read;
  if (facts.method == "DELETE" && !facts.own_session) return Effect::destructive;
  if (!facts.hub) return Effect::write;
  if (is_harmless(facts)) return Effect::read;
  return is_dangerous(facts) ? Effect::destructive : Effect::write;
}

}  // namespace dockerhub
