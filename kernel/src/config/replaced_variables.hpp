// Variables of the Python package dockerhub-api 0.2.0 that this version does not read and has something else
// for. By themselves they protected nobody: those that switched their protection on stop the start
// (restrictions.hpp). Where one can be meant for this server alone it is refused, too; elsewhere, since other
// programs of the machine have variables of these names, whoever sets one is told. Constant data; any thread.
#pragma once

#include <span>
#include <string_view>

namespace dockerhub {

struct ReplacedVariable {
  std::string_view variable;
  bool own;  // no other kind of program has one of this name: refused wherever it stands
  std::string_view instead;  // what to do, a sentence
};

// All are of the server alone, and refused in an env file that somebody named for it.
std::span<const ReplacedVariable> replaced_variables();

// The row of that variable; nullptr when there is none.
const ReplacedVariable* find_replaced_variable(std::string_view variable);

}  // namespace dockerhub
