// The `$ref`s of a schema that a module states: only into itself, and each ends at something. RapidJSON
// follows a reference to a reference without a bound. Free function; any thread.
#pragma once

#include <optional>
#include <string>

#include "base/json.hpp"

namespace dockerhub {

// What is wrong with the first bad reference, or nullopt.
std::optional<std::string> bad_reference(const json::Value& schema);

}  // namespace dockerhub
