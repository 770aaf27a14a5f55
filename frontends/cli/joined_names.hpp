// One word for two parameters that make one name as users write it: "acme/app" for namespace and repository,
// "acme/app:old" for repo and tag. Pure; any thread.
#pragma once

#include <string>
#include <vector>

#include "dockerhub/kernel.hpp"

namespace dockerhub::cli {

// The positional arguments with such words taken apart, where the action has both parameters side by side. What is
// read from elsewhere ("@FILE", "-") stays as it is.
std::vector<std::string> names_apart(const Action& action, const std::vector<std::string>& words);

}  // namespace dockerhub::cli
