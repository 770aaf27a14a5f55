// Options of the Python package dockerhub-api 0.2.0 that this program does not have. Each is refused by its
// name, with what to do instead: one that restricts access and was ignored would leave the server less
// protected than its operator believes. Constant data; any thread.
#pragma once

#include <span>
#include <string_view>

namespace dockerhub::mcp {

struct RefusedOption {
  const char* name;
  bool takes_value;
  std::string_view instead;  // a sentence
};

std::span<const RefusedOption> refused_options();

}  // namespace dockerhub::mcp
