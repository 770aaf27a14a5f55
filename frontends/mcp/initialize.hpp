// What the server tells of itself: who it is, what it can do. Any thread.
#pragma once

#include <string>

#include "client.hpp"
#include "json.hpp"

namespace dockerhub::mcp {

// {"name", "title", "version"}.
void put_server_info(json::Writer& writer);

// The result of `initialize`. instructions: for the model.
std::string initialize_result(const Revision& revision, const std::string& instructions);

// The result of server/discover, without what every result of its revision has besides.
std::string discover_result(const std::string& instructions);

}  // namespace dockerhub::mcp
