// What does the work; admin.cpp is the table.
#pragma once

#include <dockerhub/sdk/context.hpp>

namespace dockerhub::admin {

sdk::Status whoami(sdk::Context& ctx);
sdk::Status rate_limit(sdk::Context& ctx);
sdk::Status limits(sdk::Context& ctx);

}  // namespace dockerhub::admin
