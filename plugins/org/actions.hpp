// What does the work of the actions that a row cannot say; org.cpp is the table.
#pragma once

#include <dockerhub/sdk/context.hpp>

namespace dockerhub::org {

sdk::Status update_settings(sdk::Context& ctx);
sdk::Status sync(sdk::Context& ctx);
sdk::Status report(sdk::Context& ctx);
sdk::Status bulk_invite(sdk::Context& ctx);

}  // namespace dockerhub::org
