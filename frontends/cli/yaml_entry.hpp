// Puts one entry into a section of a YAML text; lines that need no change stay as they are, comments among them.
// Free function; any thread.
#pragma once

#include <string>
#include <string_view>

#include "dockerhub/kernel.hpp"
#include "json.hpp"

namespace dockerhub::cli {

// `text` with "section: {name: value}" in block style. `known` is what the entry of that name has, or nullptr: of
// a block only the members are written that are others in `value`, an entry in one line is written anew. The section
// has to be written as a block, or to be empty or missing: whoever calls reads the outcome and compares. Errors: those
// of yaml_of_json().
Result<std::string> with_yaml_entry(std::string_view text, std::string_view section,
                                    std::string_view name, const json::Value* known,
                                    const json::Value& value);

}  // namespace dockerhub::cli
