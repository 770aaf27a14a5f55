// The Hub's management API, as hub.docker.com has it: finds the route and does what comes before every
// handler (bearer, rate limit, JSON).
#pragma once

#include "exchange/message.hpp"
#include "world.hpp"

namespace dockerhub::sandbox {

Answer answer_hub_request(World& world, const Request& request);

}  // namespace dockerhub::sandbox
