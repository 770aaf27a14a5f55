// What does the work of the actions that a row cannot say; repos.cpp is the table.
#pragma once

#include <dockerhub/sdk/context.hpp>

namespace dockerhub::repos {

sdk::Status set_immutable_tags(sdk::Context& ctx);
sdk::Status verify_immutable_tags(sdk::Context& ctx);
sdk::Status push_readme(sdk::Context& ctx);
sdk::Status clean_up(sdk::Context& ctx);

}  // namespace dockerhub::repos
