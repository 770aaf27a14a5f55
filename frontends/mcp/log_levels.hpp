// Names of the log levels in the protocol. Free functions; any thread.
#pragma once

#include <optional>
#include <string_view>

#include "dockerhub/kernel.hpp"

namespace dockerhub::mcp {

std::string_view log_level_name(LogLevel level);
std::optional<LogLevel> log_level(std::string_view name);  // nullopt: no such level

}  // namespace dockerhub::mcp
