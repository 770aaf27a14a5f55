// Who can change a file: its owner, whoever may write it, and whoever may replace it or a folder
// above it. Free functions; any thread.
#pragma once

#include <sys/stat.h>

#include <filesystem>
#include <string>

#include "dockerhub/kernel.hpp"

namespace dockerhub {

// "PATH: cause", of kind configuration.
Failure refuse_path(const std::filesystem::path& path, const std::string& cause, std::string hint);

// An error (configuration) unless only root and this process's user can write the file of that
// status. `path` is for the message.
Result<void> check_only_ours(const struct stat& status, const std::filesystem::path& path);

// The same for a folder and everything above it, where others could put another file in the place
// of a checked one. A folder of root's with the sticky bit (/tmp) counts as safe. `folder` is
// absolute and has no links.
Result<void> check_folders(const std::filesystem::path& folder);

}  // namespace dockerhub
