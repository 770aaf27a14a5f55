// `dockerhub trail verify|path`: the audit trail.
#pragma once

#include <string>

#include "builtin.hpp"
#include "interruption.hpp"

namespace dockerhub::cli {

// `parsed` is what stood after "trail", at least one positional. Gives the exit code.
Result<int> trail_command(const Kernel& kernel, const ParsedOptions& parsed, const Output& output,
                          const Interruption& interruption);

std::string trail_help();

}  // namespace dockerhub::cli
