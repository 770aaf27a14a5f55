// One item of a long answer on its way out: redacted, then to whoever takes items, or kept for the
// answer. Belongs to the call's thread.
#pragma once

#include <string_view>

#include "call/running_call.hpp"

namespace dockerhub {

// DH_OK; DH_E_RECEIVER: no more are wanted (max_items is reached, or the receiver has enough); or why
// the call ends.
dh_status deliver_item(RunningCall& call, std::string_view json);

// Bytes that a call's answer may have in memory are used up: its error.
dh_status too_large(RunningCall& call);

}  // namespace dockerhub
