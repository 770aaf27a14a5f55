// The user's own shortcuts: a name for the words of a command. They lie in `aliases.json` in the folder of the user's
// configuration, mode 0600, with the version of their form. Free functions; any thread.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "dockerhub/kernel.hpp"

namespace dockerhub::cli {

using Aliases = std::map<std::string, std::vector<std::string>, std::less<>>;

// By XDG_CONFIG_HOME and HOME of the environment; empty where neither is an absolute path.
std::filesystem::path alias_path();

// None where there is no file. Errors (configuration): a file that others may change, that cannot be read, or whose
// form this program does not know.
Result<Aliases> read_aliases(const std::filesystem::path& path);

// The words of that name (`-` and `_` alike); nullptr: there is none.
const std::vector<std::string>* find_alias(const Aliases& aliases, std::string_view name);

// Puts them in the place of those that are there, at once or not at all. The folder is made when it is missing.
Result<void> write_aliases(const std::filesystem::path& path, const Aliases& aliases);

// What a command may be called: letters, digits and dashes, from a letter or digit on.
bool is_command_name(std::string_view name);

}  // namespace dockerhub::cli
