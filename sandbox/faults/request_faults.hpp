// Faults that change the request before the host sees it, so that the host itself refuses it in its own
// way and nothing is carried out.
#pragma once

#include "exchange/message.hpp"
#include "faults/parameters.hpp"

namespace dockerhub::sandbox {

// The bearer is one that ended: hosts refuse it as they refuse any such.
void expire_token(Request& request, const FaultParameters& parameters);
// The token service is asked for no scope: what it gives opens nothing.
void withhold_scope(Request& request, const FaultParameters& parameters);

}  // namespace dockerhub::sandbox
