// Redacts a JSON text while it streams through: nothing is built in memory but the result, numbers
// keep every digit. Any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dockerhub/kernel.hpp"
#include "redaction/known_values.hpp"

namespace dockerhub {

// Whether the value of a member named `password`, `token`... is masked for its name. Not where the
// members are names of parameters (a schema), so that nothing is said about values.
enum class KeyRule { apply, ignore };

// As Redactor::json().
Result<std::string> filter_json(std::string_view json, const KnownValues& known,
                                const std::vector<std::string>& shown_once,
                                KeyRule key_rule = KeyRule::apply);

// Whether the escapes of a valid JSON text hide a known value: a key or text holds it as it is read,
// but perhaps not as it is written.
bool escapes_hide(std::string_view json, const KnownValues& known);

}  // namespace dockerhub
