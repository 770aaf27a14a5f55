#include "hub/bearer.hpp"

#include <array>
#include <cstddef>

#include "encoding/digest.hpp"
#include "tokens/jwt.hpp"

namespace dockerhub::sandbox {
namespace {

constexpr std::string_view kAudience = "https://hub.docker.com";

// In the order of SecretKind; a token's name follows, as in Docker's claims.
constexpr std::array<std::string_view, 3> kSources = {"", "docker_pat|", "docker_oat|"};

std::string source_of(const Caller& caller) {
  return std::string(kSources[static_cast<std::size_t>(caller.secret)]) + caller.token;
}

void take_source(std::string_view source, Caller& caller) {
  for (const SecretKind kind : {SecretKind::personal_token, SecretKind::organization_token}) {
    const std::string_view prefix = kSources[static_cast<std::size_t>(kind)];
    if (!source.starts_with(prefix)) continue;
    caller.secret = kind;
    caller.token = source.substr(prefix.size());
  }
}

}  // namespace

std::string make_bearer(const World& world, const Caller& caller) {
  const UnixTime time = now();
  const JsonText user = JsonText::object({{"email", caller.account + "@example.invalid"},
                                          {"session_id", random_uuid()},
                                          {"source", source_of(caller)},
                                          {"username", caller.account},
                                          {"uuid", caller.uuid}});
  return make_jwt(world.key, JsonText::object({{"aud", JsonText::strings({std::string(kAudience)})},
                                               {"iss", "https://login.docker.com/"},
                                               {"sub", caller.uuid},
                                               {"jti", random_uuid()},
                                               {"iat", time},
                                               {"nbf", time},
                                               {"exp", time + world.settings.jwt_lifetime},
                                               {"scope", reach_name(caller.reach)},
                                               {kAudience, user}}));
}

std::optional<Caller> read_bearer(const World& world, std::string_view authorization) {
  const std::size_t space = authorization.find(' ');
  const std::string_view scheme = authorization.substr(0, space);
  if (space == std::string_view::npos || (scheme != "Bearer" && scheme != "JWT"))
    return std::nullopt;
  const auto claims = read_jwt(world.key, authorization.substr(space + 1));
  if (!claims) return std::nullopt;
  const json::Value* user = json::find(*claims, kAudience);
  const auto reach = reach_of(json::text_of(*claims, "scope"));
  if (user == nullptr || !reach) return std::nullopt;
  const Account* account = world.accounts.find(json::text_of(*user, "username"));
  if (account == nullptr) return std::nullopt;
  Caller caller{account->name, account->uuid, *reach, SecretKind::password, {}};
  take_source(json::text_of(*user, "source"), caller);
  if (!world.accounts.works(caller)) return std::nullopt;
  return caller;
}

}  // namespace dockerhub::sandbox
