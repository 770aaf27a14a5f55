// Connections that break in the middle of a transfer: how often and after which pauses it goes on.
#pragma once

#include "dockerhub/sdk/context.hpp"

namespace dockerhub::registry {

// An exchange ended without an answer: what became of it is not known.
constexpr bool is_interruption(sdk::Status status) {
  return status.value() == DH_E_NETWORK || status.value() == DH_E_TIMEOUT;
}

// Pauses before another attempt, the longer the more failed in a row (0 = the first did). After five
// it gives `reason` instead, which is the end.
sdk::Status wait_before_repeat(sdk::Context& ctx, int failures, sdk::Status reason);

}  // namespace dockerhub::registry
