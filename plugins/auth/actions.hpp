// What does the work of the actions that a row cannot say; auth.cpp is the table.
#pragma once

#include <dockerhub/sdk/context.hpp>

namespace dockerhub::auth {

sdk::Status login(sdk::Context& ctx);
sdk::Status create_pat(sdk::Context& ctx);
sdk::Status list_pats(sdk::Context& ctx);
sdk::Status list_oats(sdk::Context& ctx);
sdk::Status rotate_pat(sdk::Context& ctx);
sdk::Status create_oat(sdk::Context& ctx);
sdk::Status update_oat(sdk::Context& ctx);

}  // namespace dockerhub::auth
