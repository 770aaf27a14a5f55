// `dockerhub config show|get|set|unset|path|validate`: what is in force and where it comes from, and
// changes of the user's file. Secrets are never shown and never taken from the command line.
#pragma once

#include <string>
#include <vector>

#include "builtin.hpp"
#include "global_options.hpp"
#include "prompter.hpp"
#include "text_source.hpp"

namespace dockerhub::cli {

// Options of its own, beside the global ones.
std::vector<OptionRow> config_options();

// `parsed` is what stood after "config", at least one positional. Gives the exit code.
Result<int> config_command(const GlobalOptions& options, const ParsedOptions& parsed,
                           const Output& output, TextSource& source, Prompter& prompter);

std::string config_help();

}  // namespace dockerhub::cli
