// `dockerhub doctor`: the kernel's diagnosis as a table or as data.
#pragma once

#include <string>
#include <vector>

#include "builtin.hpp"
#include "global_options.hpp"
#include "interruption.hpp"

namespace dockerhub::cli {

// Options of its own, beside the global ones.
std::vector<OptionRow> doctor_options();

// The kernel, or why there is none: a finding too. Gives the exit code: a failure when there is a problem.
Result<int> doctor_command(const Result<Kernel*>& kernel, const ParsedOptions& parsed,
                           const Output& output, const Interruption& interruption);

std::string doctor_help();

}  // namespace dockerhub::cli
