// hub_admin: who is logged in, and how many requests are left. Both come from the kernel.
#include <algorithm>
#include <array>
#include <chrono>
#include <ctime>
#include <dockerhub/plugin.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace {

using namespace dockerhub::sdk;

const Value* member(const Value& object, std::string_view name) {
  if (!object.IsObject()) return nullptr;
  const Value key(name.data(), static_cast<rapidjson::SizeType>(name.size()));
  const auto found = object.FindMember(key);
  return found == object.MemberEnd() || found->value.IsNull() ? nullptr : &found->value;
}

Json value_or_null(const Value* value) {
  return value == nullptr ? Json(nullptr) : Json(*value);
}

std::string_view text_or_empty(const Value* value) {
  return value != nullptr && value->IsString() ? view(*value) : std::string_view();
}

// Docker Hub keeps the user's data in a claim of this name.
constexpr std::string_view kHubClaim = "https://hub.docker.com";

const Value* claim(const Value& claims, std::string_view name) {
  if (const Value* own = member(claims, name)) return own;
  const Value* nested = member(claims, kHubClaim);
  return nested == nullptr ? nullptr : member(*nested, name);
}

// What may be told of the claims; never the e-mail address.
Json shown_claims(const Value& claims) {
  constexpr std::array<std::string_view, 8> kShown = {"sub", "username", "exp",   "iat",
                                                      "iss", "aud",      "scope", "uuid"};
  return Json::write([&](JsonWriter& json) {
    json.StartObject();
    for (const std::string_view name : kShown) {
      const Value* value = claim(claims, name);
      if (value == nullptr) continue;
      put_key(json, name);
      value->Accept(json);
    }
    json.EndObject();
  });
}

// The configured name, else the one that the token says.
Json name_of(const Value& identity, const Value& claims) {
  const std::array<const Value*, 3> names = {member(identity, "name"), claim(claims, "username"),
                                             claim(claims, "sub")};
  for (const Value* name : names) {
    if (!text_or_empty(name).empty()) return *name;
  }
  return nullptr;
}

// Seconds until a time in RFC 3339 ("2026-01-31T12:00:00Z"), not below 0.
std::optional<std::int64_t> seconds_until(std::string_view time) {
  std::tm parts{};
  const std::string text(time);
  if (strptime(text.c_str(), "%Y-%m-%dT%H:%M:%S", &parts) == nullptr) return std::nullopt;
  const auto left =
      std::chrono::system_clock::from_time_t(timegm(&parts)) - std::chrono::system_clock::now();
  return std::max<std::int64_t>(std::chrono::duration_cast<std::chrono::seconds>(left).count(), 0);
}

Status whoami(Context& ctx) {
  if (const Status signed_in = ctx.sign_in(); !signed_in) return signed_in;
  const auto identity = ctx.identity();
  if (!identity) return identity.status();
  const Value none(rapidjson::kObjectType);
  const Value* found_claims = member(*identity, "claims");
  const Value& claims = found_claims == nullptr ? none : *found_claims;
  const Value* authenticated = member(*identity, "authenticated");
  const bool is_authenticated =
      authenticated != nullptr && authenticated->IsBool() && authenticated->GetBool();
  const Value* expires_at = member(*identity, "expires_at");
  const auto expires_in = seconds_until(text_or_empty(expires_at));
  return ctx.answer({{"authenticated", is_authenticated},
                     {"identity", name_of(*identity, claims)},
                     {"claims", shown_claims(claims)},
                     {"expires_at", value_or_null(expires_at)},
                     {"expires_in", expires_in ? Json(*expires_in) : Json(nullptr)},
                     {"credential_kind", is_authenticated ? value_or_null(member(*identity, "kind"))
                                                          : Json(nullptr)}});
}

// The budget of Docker Hub's API that was seen last.
const Value* latest_hub_budget(const Value& budgets) {
  const Value* latest = nullptr;
  std::string_view seen;
  for (const Value& budget : budgets.GetArray()) {
    const std::string_view observed_at = text_or_empty(member(budget, "observed_at"));
    if (text_or_empty(member(budget, "api")) != "hub") continue;
    if (latest != nullptr && observed_at < seen) continue;
    latest = &budget;
    seen = observed_at;
  }
  return latest;
}

Status rate_limit(Context& ctx) {
  const auto budgets = ctx.limits();
  if (!budgets) return budgets.status();
  if (!budgets->IsArray()) return DH_E_INVALID;
  const Value* hub = latest_hub_budget(*budgets);
  const auto of_hub = [&](std::string_view name) {
    return value_or_null(hub == nullptr ? nullptr : member(*hub, name));
  };
  return ctx.answer({{"limit", of_hub("limit")},
                     {"remaining", of_hub("remaining")},
                     {"reset", of_hub("reset")},
                     {"budgets", *budgets}});
}

}  // namespace

DOCKERHUB_MODULE(
    module("hub_admin", "1.0.0")
        .title("Account and limits")
        .describe("Who is logged in to Docker Hub, and how many requests the servers still allow.")
        .publisher("The dockerhub-api authors")
        .license("MIT")
        .toggle("ADMINTOOL")
        .needs("identity/1", "limits/1"),
    action("whoami", read, "Tells who is logged in to Docker Hub", call(whoami))
        .describe(
            "Logs in where an account is configured and no token is at hand; without an account "
            "nothing is sent.")
        .short_form("whoami")
        .rest("GET", "/whoami")
        .verbose("dockerhub_whoami")
        .example("{}"),
    action("rate_limit", read, "Tells how many requests are left", call(rate_limit))
        .describe("As the servers said last in this process, null where they have not yet; sends "
                  "nothing. `limit`, `remaining`, `reset` are those of Docker Hub's API; `budgets` "
                  "has every API and account.")
        .rest("GET", "/rate_limit")
        .verbose("dockerhub_rate_limit")
        .example("{}"))
