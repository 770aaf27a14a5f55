// Whether one value fits one parameter row, and what it becomes: numbers and booleans may come as
// texts ("5", "true"). Free function; any thread.
#pragma once

#include <optional>
#include <string>

#include "base/json.hpp"
#include "dockerhub/kernel.hpp"

namespace dockerhub {

// Changes `value` to its canonical form, or says in one clause what is wrong with it ("must be at
// least 1, is 0"). Secret values are never quoted.
std::optional<std::string> check_value(const Parameter& parameter, json::Value& value);

}  // namespace dockerhub
