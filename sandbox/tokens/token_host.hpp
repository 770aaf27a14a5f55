// The token service, as auth.docker.io is one: GET and POST /token (distribution project, "Token
// Authentication Specification" and "OAuth2 Token Authentication").
#pragma once

#include "exchange/message.hpp"
#include "tokens/scope.hpp"
#include "world.hpp"

namespace dockerhub::sandbox {

Answer answer_token_request(World& world, const Request& request);

// A token of that audience for these scopes; read_jwt() reads it.
std::string make_registry_token(const World& world, const TokenAudience& audience,
                                const std::optional<Caller>& caller,
                                const std::vector<Scope>& granted);

}  // namespace dockerhub::sandbox
