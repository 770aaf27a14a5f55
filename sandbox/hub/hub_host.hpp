// The Hub's management API, as hub.docker.com has it: the table of what it answers, and what comes
// before every handler (rate limit, bearer, JSON). A further operation is a row and its handler.
#pragma once

#include "exchange/message.hpp"
#include "world.hpp"

namespace dockerhub::sandbox {

Answer answer_hub_request(World& world, const Request& request);

}  // namespace dockerhub::sandbox
