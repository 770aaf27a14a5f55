// Names of audited actions as the log's filter takes them: with their group.
#pragma once

#include <dockerhub/sdk/context.hpp>
#include <string_view>

namespace dockerhub::audit {

// Good when the account's log knows such an action, or will not say what it knows; else the call
// fails with the names that are near.
sdk::Status check_action_name(sdk::Context& ctx, std::string_view account, std::string_view action);

}  // namespace dockerhub::audit
