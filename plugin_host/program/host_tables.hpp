// The host extensions of abi.h as a module in this process sees them: each function sends a message and
// waits for the reply.
#pragma once

#include "conversation.hpp"

namespace dockerhub::plugin_host {

// Fills state.host for this kernel; the host lives as long as the state.
void make_host(HostState& state, std::uint16_t abi_major, std::uint16_t abi_minor);

}  // namespace dockerhub::plugin_host
