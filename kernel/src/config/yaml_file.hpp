// A file of the configuration, read as YAML. Free function; any thread.
#pragma once

#include <string_view>

#include "dockerhub/kernel.hpp"
#include "yaml/nodes.hpp"

namespace dockerhub::yaml {

// One document, or nothing (a null). Errors begin with "FILE:LINE: ", or with "FILE: " where the library for YAML
// cannot be used.
Result<Node> parse(std::string_view text, std::string_view file);

}  // namespace dockerhub::yaml
