// A folder as a store of a call (kernel.hpp, Store): entries are the regular files below it. Nothing is
// followed out of it: names have no dots in front, links are not opened. A new entry has no name on the
// disk until its commit, so that a program that was killed leaves nothing half-written; only one program
// writes at a time. The folder is made with its first entry. One thread.
#pragma once

#include <filesystem>
#include <memory>

#include "dockerhub/kernel.hpp"

namespace dockerhub::cli {

// An image layout, or a folder that may become one: to be read, a folder that is there; to be written,
// one that is missing, empty, or of that form, which the file `mark` in it says.
Result<std::unique_ptr<Store>> open_directory_store(const std::filesystem::path& folder,
                                                    bool writable, const char* mark = "oci-layout");

}  // namespace dockerhub::cli
