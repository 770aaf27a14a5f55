// Help texts, made from the catalogue and the table of global options. Free functions; any thread.
#pragma once

#include <string>

#include "dockerhub/kernel.hpp"

namespace dockerhub::cli {

std::string program_help(const Catalogue& catalogue);
std::string tool_help(const Tool& tool);
std::string action_help(const Tool& tool, const Action& action);

}  // namespace dockerhub::cli
