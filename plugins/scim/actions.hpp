// What does the work of the actions that a row cannot say; scim.cpp is the table.
#pragma once

#include <dockerhub/sdk/context.hpp>

namespace dockerhub::scim {

inline constexpr const char* kMediaType = "application/scim+json";

sdk::Status create_user(sdk::Context& ctx);
sdk::Status update_user(sdk::Context& ctx);

}  // namespace dockerhub::scim
