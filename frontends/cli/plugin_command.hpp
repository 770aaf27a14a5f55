// `dockerhub plugin list|info|path|trust`: what modules were found, why one is not there, and
// trust.
#pragma once

#include <string>
#include <vector>

#include "dockerhub/kernel.hpp"
#include "option_parser.hpp"
#include "result_printer.hpp"

namespace dockerhub::cli {

// Options of its own, beside the global ones.
std::vector<OptionRow> plugin_options();

// `parsed` is what stood after "plugin", at least one positional. Gives the exit code.
Result<int> plugin_command(Kernel& kernel, const ParsedOptions& parsed, OutputFormat format,
                           OutputStream& out, Messages& messages);

std::string plugin_help();

}  // namespace dockerhub::cli
