// The listener for whoever runs the sandbox: the journal, faults, settings, what the registries hold,
// and the way back to the start. JSON; docs/sandbox.md has the list.
#pragma once

#include "exchange/message.hpp"
#include "exchange/reception.hpp"
#include "world.hpp"

namespace dockerhub::sandbox {

Answer answer_control_request(World& world, Reception& reception, const Request& request);

}  // namespace dockerhub::sandbox
