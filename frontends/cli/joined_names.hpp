// One word for two parameters that make one name as users write it: "acme/app" for namespace and repository,
// "acme/app:old" for repo and tag. Pure; any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "dockerhub/kernel.hpp"

namespace dockerhub::cli {

// The positional arguments with such words taken apart, where the action has both parameters side by side. What is
// read from elsewhere ("@FILE", "-") stays as it is.
std::vector<std::string> names_apart(const Action& action, const std::vector<std::string>& words);

// Where the tag of such a name begins, at its colon; npos: it has none. A digest is no tag, a port is none either.
std::size_t colon_of_tag(std::string_view name);

// Whether a name begins with the host of a registry: "registry.example.com/app", "localhost/app".
bool names_registry(std::string_view name);

}  // namespace dockerhub::cli
