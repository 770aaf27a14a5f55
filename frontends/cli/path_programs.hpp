// Programs called `dockerhub-NAME` on the PATH as commands of this one, for whom there is no command, module or short
// form of that name. They take this program's place and get none of its secrets. Free functions; one thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dockerhub/kernel.hpp"

namespace dockerhub::cli {

// Names of programs of this project, which are no commands: "mcp" and others.
bool is_reserved_program(std::string_view name);

// The file of the program; nullopt: there is none, or the name is reserved or no command's.
std::optional<std::string> find_path_program(const std::string& name);

// Our environment without the variables that hold a secret: those of the settings and of secret parameters, and every
// other whose value the kernel would mask.
std::vector<std::string> environment_without_secrets(const Kernel& kernel);

// Runs it in the place of this process; comes back with what went wrong.
Error become_program(const std::string& file, const std::vector<std::string>& words,
                     const std::vector<std::string>& environment);

}  // namespace dockerhub::cli
