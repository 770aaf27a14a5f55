// A variable of the environment as a text. Any thread, as long as none changes the environment.
#pragma once

#include <cstdlib>
#include <string_view>

namespace dockerhub::cli {

// Empty where it is not set.
inline std::string_view variable_text(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string_view() : value;
}

}  // namespace dockerhub::cli
