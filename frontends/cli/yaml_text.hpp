// A JSON value as YAML (1.2, block style). Texts that YAML could take for something else are quoted. Any thread.
#pragma once

#include <string>

#include "json.hpp"

namespace dockerhub::cli {

// Ends with a line end.
std::string yaml_text(const json::Value& value);

}  // namespace dockerhub::cli
