// Help texts, made from the catalogue and the table of global options. Free functions; any thread.
#pragma once

#include <string>
#include <vector>

#include "dockerhub/kernel.hpp"
#include "option_parser.hpp"

namespace dockerhub::cli {

// --markdown: a module's reference page in place of its help.
std::vector<OptionRow> help_options();

std::string help_of_help();
// Of a program on the PATH that is the command `name`.
std::string help_of_program(const std::string& name);

std::string program_help(const Catalogue& catalogue);
std::string tool_help(const Tool& tool);
std::string action_help(const Tool& tool, const Action& action);

}  // namespace dockerhub::cli
