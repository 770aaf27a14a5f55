// Who is logged in, as the kernel says.
#include <algorithm>
#include <array>
#include <chrono>
#include <ctime>
#include <optional>
#include <string>

#include "actions.hpp"
#include "hub/members.hpp"

namespace dockerhub::admin {
namespace {

using hub::member;
using sdk::Json;
using sdk::JsonWriter;
using sdk::Value;

std::string_view text_or_empty(const Value* value) {
  return value != nullptr && value->IsString() ? sdk::view(*value) : std::string_view();
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
      sdk::put_key(json, name);
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

}  // namespace

sdk::Status whoami(sdk::Context& ctx) {
  if (const sdk::Status signed_in = ctx.sign_in(); !signed_in) return signed_in;
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
                     {"expires_at", expires_at},
                     {"expires_in", expires_in},
                     {"credential_kind", is_authenticated ? member(*identity, "kind") : nullptr}});
}

}  // namespace dockerhub::admin
