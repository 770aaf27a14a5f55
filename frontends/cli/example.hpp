// Command lines that show how an action is called. Free functions; any thread.
#pragma once

#include <string>
#include <vector>

#include "dockerhub/kernel.hpp"

namespace dockerhub::cli {

// Those of the manifest, or one made of the required parameters; quoted for a shell. Never empty.
std::vector<std::string> examples_of(const Tool& tool, const Action& action);

}  // namespace dockerhub::cli
