// What an action's row must keep to beyond the schema: names that exist, values that fit. Free
// function; any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "dockerhub/kernel.hpp"
#include "modules/manifest.hpp"

namespace dockerhub {

// The first rule that the action breaks, as the reason to refuse it; nullopt when it keeps to all.
// The module's destinations are the surfaces that a request may name beside the kernel's own.
std::optional<std::string> broken_rule(const Action& action,
                                       const std::vector<Destination>& destinations);

// The surfaces that every kernel knows.
bool is_kernel_surface(std::string_view name);

}  // namespace dockerhub
