// The bearers of the Hub's management API: JWTs with the claims that Docker's have, the account's data
// in a nested claim named "https://hub.docker.com" among them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "world.hpp"

namespace dockerhub::sandbox {

std::string make_bearer(const World& world, const Caller& caller);

// The caller of an Authorization header, "Bearer <JWT>" ("JWT <JWT>" too); nullopt: not valid (now).
std::optional<Caller> read_bearer(const World& world, std::string_view authorization);

}  // namespace dockerhub::sandbox
