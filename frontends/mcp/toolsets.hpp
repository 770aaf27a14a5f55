// The sets of tools that releases 1.x of the Python package dockerhub-api switch by variables of their own, as
// names for the filter of the tools. Free functions; any thread.
#pragma once

#include <string>
#include <vector>

#include "dockerhub/kernel.hpp"

namespace dockerhub::mcp {

// Names of the tools and actions whose set is switched off.
std::vector<std::string> switched_off(const Configuration& configuration);

}  // namespace dockerhub::mcp
