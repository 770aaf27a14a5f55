// Changes as notifications. Free functions; any thread.
#pragma once

#include <string>
#include <string_view>

#include "dockerhub/kernel.hpp"

namespace dockerhub::mcp {

// subscription: the id (JSON) that the listener is told by, or empty for none.
std::string change_message(const Change& change, std::string_view subscription);

}  // namespace dockerhub::mcp
