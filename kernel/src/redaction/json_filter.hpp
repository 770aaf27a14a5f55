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

// Whether a key or text of a valid JSON text holds a known value as it is read, where a search of the
// text as it is written may miss it: behind escapes, or a short value that is a whole key or text.
bool texts_hold(std::string_view json, const KnownValues& known);

}  // namespace dockerhub
