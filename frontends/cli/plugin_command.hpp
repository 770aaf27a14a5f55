// `dockerhub plugin list|info|path|trust`: what modules were found, why one is not there, and
// trust.
#pragma once

#include <string>
#include <vector>

#include "builtin.hpp"
#include "dockerhub/kernel.hpp"

namespace dockerhub::cli {

// Options of its own, beside the global ones.
std::vector<OptionRow> plugin_options();

// `parsed` is what stood after "plugin", at least one positional. Gives the exit code.
Result<int> plugin_command(Kernel& kernel, const GlobalOptions& options,
                           const ParsedOptions& parsed, const Output& output);

std::string plugin_help();

}  // namespace dockerhub::cli
