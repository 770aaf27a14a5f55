// The status by which a host function tells a module of one of the kernel's own errors. Any thread.
#pragma once

#include "call/running_call.hpp"
#include "dockerhub/abi.h"

namespace dockerhub {

// DH_E_NETWORK, DH_E_TIMEOUT...; DH_E_FAILED where abi.h has no status for it.
dh_status status_of(const Error& error);

// Puts the error on the call and gives its status.
dh_status fail_with(RunningCall& running, Error error);

}  // namespace dockerhub
