// New entries of the audit log as they come. Entries have no id: each look begins at the time of the
// last entry told, and what was told before is left out by its content.
#pragma once

#include <dockerhub/sdk/context.hpp>

namespace dockerhub::audit {

// Until the call ends, or its receiver has enough.
sdk::Status follow(sdk::Context& ctx);

}  // namespace dockerhub::audit
