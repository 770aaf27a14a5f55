// The stand-in for Docker Scout: GraphQL over sample data of the registry's own images, and the metrics
// exporter. Used under the lock of the reception.
#pragma once

#include "exchange/message.hpp"
#include "world.hpp"

namespace dockerhub::sandbox {

Answer answer_scout_request(World& world, const Request& request);

}  // namespace dockerhub::sandbox
