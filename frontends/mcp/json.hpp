// JSON of the protocol.
#pragma once

#include "server/json.hpp"

namespace dockerhub::mcp {

namespace json = server::json;

}  // namespace dockerhub::mcp
