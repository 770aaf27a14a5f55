// An OCI registry, as registry-1.docker.io is one: the table of what it answers, and the checks that
// come before every handler (names, access).
#pragma once

#include <string_view>

#include "exchange/message.hpp"
#include "world.hpp"

namespace dockerhub::sandbox {

// `store` is one of the world's; `service` names the registry in its challenges.
Answer answer_registry_request(World& world, Store& store, std::string_view service,
                               const Request& request);

}  // namespace dockerhub::sandbox
