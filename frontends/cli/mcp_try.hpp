// `dockerhub mcp try`: what a server of the Model Context Protocol says of itself, and the call of one tool.
#pragma once

#include "builtin.hpp"
#include "global_options.hpp"
#include "interruption.hpp"
#include "text_source.hpp"

namespace dockerhub::cli {

// The server is at --url, or the positionals behind the first are its command; without either the installed one is
// started. Gives the exit code; an error that the tool tells is an error of the same kind.
Result<int> mcp_try(const ParsedOptions& parsed, const GlobalOptions& options, TextSource& source,
                    const Output& output, const Interruption& interruption);

// What a result with `isError` tells, as an error of this program.
Error error_of_tool(const json::Value& result);

}  // namespace dockerhub::cli
