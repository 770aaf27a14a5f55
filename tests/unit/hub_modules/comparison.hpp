// An action beside the operation of Docker's document that it stands for.
#pragma once

#include <dockerhub/catalogue.hpp>
#include <string>
#include <vector>

#include "open_api.hpp"

namespace dockerhub::test {

// "/v2/orgs/{}/members": what stays of a template without its names.
std::string shape(const std::string& path);

// In what they differ: "path uuid", "query from", "body role choices", "header Accept required", "query
// page type" (or items, smallest, largest, shortest, longest, optional). A parameter of ours that the
// document does not have is "query NAME ours" or "body NAME ours".
std::vector<std::string> differences(const Operation& operation, const Action& action);

// A difference that is meant. Each list of them is a table of a test.
struct Difference {
  const char *action, *field, *reason;  // action "*": of every one
};

template <typename List>
const Difference* reviewed(const List& list, const std::string& action, const std::string& field) {
  for (const Difference& known : list) {
    if (known.field == field && (known.action == action || known.action == std::string("*")))
      return &known;
  }
  return nullptr;
}

}  // namespace dockerhub::test
