// What does the work of the actions that a row cannot say; teams.cpp is the table.
#pragma once

#include <dockerhub/sdk/context.hpp>

namespace dockerhub::teams {

sdk::Status update(sdk::Context& ctx);
sdk::Status sync(sdk::Context& ctx);

}  // namespace dockerhub::teams
