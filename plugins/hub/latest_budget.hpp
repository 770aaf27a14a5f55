// Which of the rate budgets that the kernel knows is the present one. Pure; any thread.
#pragma once

#include <dockerhub/sdk/json.hpp>
#include <string_view>

namespace dockerhub::hub {

// Of those of an API ("hub", "registry") the one that was seen last, or nullptr. `budgets`: limits/1's array.
const sdk::Value* latest_budget(const sdk::Value& budgets, std::string_view api);

}  // namespace dockerhub::hub
