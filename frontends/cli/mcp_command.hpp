// `dockerhub mcp install|try`: dockerhub-mcp in the clients that start it, and a look at what a server offers.
#pragma once

#include <string>
#include <vector>

#include "builtin.hpp"
#include "global_options.hpp"
#include "interruption.hpp"
#include "text_source.hpp"

namespace dockerhub::cli {

// Options of its own, beside the global ones; and the values that one of them takes, where they are known.
std::vector<OptionRow> mcp_options();
std::vector<std::string> mcp_option_values(std::string_view option);

// `parsed` is what stood after "mcp", at least one positional. Gives the exit code. Loads no module.
Result<int> mcp_command(const ParsedOptions& parsed, const GlobalOptions& options,
                        TextSource& source, const Output& output, const Interruption& interruption);

std::string mcp_help();

}  // namespace dockerhub::cli
