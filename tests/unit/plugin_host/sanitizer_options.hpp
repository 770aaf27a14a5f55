// What another process of the tests has to know of our environment: nothing but how sanitizers behave.
#pragma once

#include <unistd.h>

#include <string>
#include <string_view>
#include <vector>

namespace dockerhub::plugin_host {

inline std::vector<std::string> sanitizer_options() {
  std::vector<std::string> variables;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    if (std::string_view(*variable).find("SAN_OPTIONS=") != std::string_view::npos)
      variables.emplace_back(*variable);
  }
  return variables;
}

}  // namespace dockerhub::plugin_host
