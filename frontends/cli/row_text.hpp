// What a row of the catalogue says, in words: for help and for the reference pages. Free functions; any
// thread.
#pragma once

#include <string>

#include "dockerhub/kernel.hpp"

namespace dockerhub::cli {

// "repos list <namespace>"; and of a short form "ls <namespace>".
std::string command_of(const Tool& tool, const Action& action);
std::string usage_of(const ShortFormLine& short_form);

// "string", or "string,..." of a list.
std::string type_of(const Parameter& parameter);
// Description, choices, bounds, default, aliases: in sentences.
std::string rules_of(const Parameter& parameter);

// "write; destructive with --active=false".
std::string effects_of(const Action& action);
// A sentence, or empty.
std::string deprecation_of(const Action& action);

}  // namespace dockerhub::cli
