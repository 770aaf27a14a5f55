// What does the work of the actions that a row cannot say; audit.cpp is the table.
#pragma once

#include <dockerhub/sdk/context.hpp>

namespace dockerhub::audit {

sdk::Status logs(sdk::Context& ctx);

}  // namespace dockerhub::audit
