// `dockerhub alias set|list|delete`: the user's own shortcuts. One thread.
#pragma once

#include <string>

#include "builtin.hpp"
#include "dockerhub/kernel.hpp"

namespace dockerhub::cli {

// `words`: what stood after "alias", at least one; of `set` everything after the name is the command. Gives the exit
// code. Errors: a name that is taken already, a command that holds a secret, and those of alias_file.hpp.
Result<int> alias_command(const Kernel& kernel, const GlobalOptions& options,
                          const std::vector<std::string>& words, const Output& output);

std::string alias_help();

}  // namespace dockerhub::cli
