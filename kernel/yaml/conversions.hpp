// The three things that libdockerhub_yaml does, a file each. Any thread.
#pragma once

#include <string>
#include <string_view>

#include "yaml/yaml_library.hpp"

namespace YAML {  // NOLINT(readability-identifier-naming): the name that yaml-cpp gave it
struct Mark;
}

namespace dockerhub::yaml {

// One document, or nothing (a null), for those who tell people the line of what is wrong in it.
Read<Node> nodes_of(std::string_view text);

// json_of_yaml() of dockerhub/yaml.hpp.
Read<std::string> json_of(std::string_view text);

// yaml_of_json() of dockerhub/yaml.hpp.
Read<std::string> text_of(std::string_view json);

// From 1.
std::size_t line_of(const YAML::Mark& mark);

}  // namespace dockerhub::yaml
