// YAML for programs: a document of it as JSON, and JSON as YAML. yaml-cpp does it, in a library that the first text
// brings in (dockerhub/late_library.hpp), whose errors both have. Free functions; any thread.
#pragma once

#include <string>
#include <string_view>

#include "dockerhub/kernel.hpp"

namespace dockerhub {

// The JSON text of one document. Scalars have the types of YAML's core schema (YAML 1.2, section 10.3) where JSON has
// them; aliases are followed, up to 200,000 nodes and 128 levels in all. Error: ErrorKind::parameter, whose message is
// the line and what is wrong there.
DOCKERHUB_API Result<std::string> json_of_yaml(std::string_view yaml);

// In block style, with a line end. Texts that YAML 1.1 or 1.2 could take for something else are quoted. Error:
// ErrorKind::parameter for what is no JSON, or nested more than 128 deep.
DOCKERHUB_API Result<std::string> yaml_of_json(std::string_view json);

}  // namespace dockerhub
