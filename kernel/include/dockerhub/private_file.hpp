// Files with a secret in them, for programs that hand one over or take one: new ones with mode 0600, never
// through a link, in folders that only their user and root can change; such that are there are read where
// nobody else may read, write or replace them. Errors (configuration) name path, cause and what to do.
// Free functions; any thread.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

#include "dockerhub/kernel.hpp"

namespace dockerhub {

// Where the environment says that the user's files of one kind are: what `variable` names (XDG_CONFIG_HOME), else
// `below_home` in HOME, with "dockerhub" below it; empty where neither is an absolute path.
DOCKERHUB_API std::filesystem::path xdg_folder(const char* variable, std::string_view below_home);

// The whole text of a file that is there, of at most `most` bytes.
DOCKERHUB_API Result<std::string> read_private_file(const std::filesystem::path& path,
                                                    std::size_t most);

// Refuses a file that others than this user and root could put another one in the place of: of a chain of links
// the first and the last folder are looked at, with those above them, and not the file's own mode.
DOCKERHUB_API Result<void> check_place_of_file(const std::filesystem::path& path);

// Makes the file, which may not be there yet, and gives a descriptor to write it with, the caller's to close.
DOCKERHUB_API Result<int> create_private_file(const std::filesystem::path& path);

// Writes all of it, synced.
DOCKERHUB_API Result<void> write_private_file(int descriptor, const std::filesystem::path& path,
                                              std::string_view text);

// For what must not be lost: a new file NAME-1, NAME-2 ... with this text in the folder `rescued` for the
// user's state (XDG_STATE_HOME, else ~/.local/state; docs/configuration.md). Gives its path.
DOCKERHUB_API Result<std::filesystem::path> rescue_into_private_file(std::string_view name,
                                                                     std::string_view text);

}  // namespace dockerhub
