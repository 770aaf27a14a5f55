// Variables of the Python package dockerhub-api 0.2.0 that this version does not read and has something else
// for. By themselves they protected nobody: those that switched their protection on stop the start
// (restrictions.hpp). Whoever still sets one is told. Constant data; any thread.
#pragma once

#include <span>
#include <string_view>

namespace dockerhub {

struct ReplacedVariable {
  std::string_view variable;
  std::string_view instead;  // what to do, a sentence
};

// All are of the server alone.
std::span<const ReplacedVariable> replaced_variables();

// The row of that variable; nullptr when there is none.
const ReplacedVariable* find_replaced_variable(std::string_view variable);

}  // namespace dockerhub
