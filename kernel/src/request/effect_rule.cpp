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

}  // namespace

Effect effect_of(const RequestFacts& facts) {
  if (facts.method == "GET" || facts.method == "HEAD") return Effect::read;
  if (facts.method == "POST" && facts.safe_query) return Effect::read;
  if (facts.method == "DELETE" && !facts.own_session) return Effect::destructive;
  return facts.hub && is_dangerous(facts) ? Effect::destructive : Effect::write;
}

}  // namespace dockerhub
