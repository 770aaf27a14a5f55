// The three things that libdockerhub_yaml does, a file each. Any thread.
#pragma once

#include <rapidjson/document.h>
#include <yaml-cpp/mark.h>

#include <string>
#include <string_view>

#include "yaml/yaml_library.hpp"

namespace dockerhub::yaml {

// One document, or nothing (a null), for those who tell people the line of what is wrong in it.
Read<Node> nodes_of(std::string_view text);

// json_of_yaml() of dockerhub/yaml.hpp.
Read<std::string> json_of(std::string_view text);

// yaml_of() of dockerhub/yaml.hpp.
std::string text_of(const rapidjson::Value& value);

inline std::size_t line_of(const YAML::Mark& mark) {
  return mark.is_null() ? 1 : static_cast<std::size_t>(mark.line) + 1;
}

}  // namespace dockerhub::yaml
