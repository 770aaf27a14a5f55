// What `initialize` answers: the revision, what the server can do, and who it is. Any thread.
#pragma once

#include <string>

#include "client.hpp"
#include "dockerhub/kernel.hpp"

namespace dockerhub::mcp {

std::string initialize_result(const Revision& revision, const Catalogue& catalogue);

}  // namespace dockerhub::mcp
