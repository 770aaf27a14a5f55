// GET /v1: the tools that there are. Any thread.
#pragma once

#include <string>

#include "dockerhub/kernel.hpp"

namespace dockerhub::rest {

// {"tools": [{"name", "title", "summary", "actions", "href"}]}
std::string tool_index(const Catalogue& catalogue);

}  // namespace dockerhub::rest
