#include "credentials/jwt_claims.hpp"

#include <algorithm>
#include <array>

#include "base/base64.hpp"
#include "base/json.hpp"
#include "signed_tokens/compact_token.hpp"

namespace dockerhub {
namespace {

constexpr std::size_t kLongestToken = 64 * 1024;
constexpr std::array<std::string_view, 8> kShownClaims = {"sub", "username", "exp",   "iat",
                                                          "iss", "aud",      "scope", "uuid"};
constexpr std::string_view kDockerClaim = "https://hub.docker.com";

std::optional<std::string_view> payload_of(std::string_view token) {
  if (token.size() > kLongestToken) return std::nullopt;
  const auto parts = token_parts(token);
  if (!parts) return std::nullopt;
  std::string_view payload = parts->payload;
  while (!payload.empty() && payload.back() == '=') payload.remove_suffix(1);
  return payload;
}

// In the token itself, else in Docker's claim.
const json::Value* find_claim(const json::Value& payload, std::string_view name) {
  if (const json::Value* found = json::find(payload, name)) return found;
  const json::Value* nested = json::find(payload, kDockerClaim);
  return nested == nullptr ? nullptr : json::find(*nested, name);
}

std::optional<std::int64_t> seconds_in(const json::Value& payload, std::string_view name) {
  const json::Value* value = json::find(payload, name);
  constexpr double kMost = 1e11;
  if (value == nullptr || !value->IsNumber()) return std::nullopt;
  const double seconds = value->GetDouble();
  if (!(seconds > 0 && seconds < kMost)) return std::nullopt;
  return static_cast<std::int64_t>(seconds);
}

// Not what other claims could hide in.
bool is_plain(const json::Value& value) {
  const auto plain = [](const json::Value& each) { return each.IsString() || each.IsNumber(); };
  if (!value.IsArray()) return plain(value);
  const auto items = value.GetArray();
  return std::all_of(items.begin(), items.end(), plain);
}

std::string shown_claims(const json::Value& payload) {
  json::Buffer buffer;
  json::Writer writer(buffer);
  writer.StartObject();
  for (const std::string_view name : kShownClaims) {
    const json::Value* value = find_claim(payload, name);
    if (value == nullptr || !is_plain(*value)) continue;
    json::put_key(writer, name);
    value->Accept(writer);
  }
  writer.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
}

std::string name_in(const json::Value& payload) {
  for (const std::string_view claim : {"username", "sub"}) {
    const json::Value* value = find_claim(payload, claim);
    if (value != nullptr && value->IsString()) return std::string(json::view(*value));
  }
  return {};
}

}  // namespace

std::optional<JwtClaims> claims_of(std::string_view token) {
  const std::optional<std::string_view> part = payload_of(token);
  if (!part) return std::nullopt;
  const std::optional<std::string> text = from_base64url(*part);
  if (!text) return std::nullopt;
  const auto payload = json::parse(*text);
  if (!payload || !payload->IsObject()) return std::nullopt;
  return JwtClaims{shown_claims(*payload), name_in(*payload), seconds_in(*payload, "iat"),
                   seconds_in(*payload, "exp")};
}

std::chrono::seconds usable_time(const std::optional<JwtClaims>& claims,
                                 std::chrono::system_clock::time_point received) {
  constexpr std::int64_t kUnknownLife = 300;
  constexpr std::int64_t kLongestLife = std::int64_t{24} * 60 * 60;
  constexpr std::int64_t kEarly = 60;
  std::int64_t life = 0;
  if (claims && claims->expires_at) {
    const std::int64_t now = std::chrono::system_clock::to_time_t(received);
    life = *claims->expires_at - now;
    const std::int64_t whole = *claims->expires_at - claims->issued_at.value_or(now);
    if (whole > 0) life = std::min(life, whole);
  }
  if (life <= 0) life = kUnknownLife;
  life = std::min(life, kLongestLife);
  // Of a short life a part, so that such a token is used at all.
  return std::chrono::seconds(life - std::min(kEarly, life / 2));
}

}  // namespace dockerhub
