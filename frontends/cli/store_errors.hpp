// Errors of stores on this machine's disk. Any thread.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "dockerhub/kernel.hpp"

namespace dockerhub::cli {

// "Cannot WHAT PATH: ..." with the system's words for `number` (errno).
Failure store_failed(const std::string& what, const std::filesystem::path& path, int number);

// Status 404, which the module sees as DH_E_NOT_FOUND.
Failure no_such_entry(const std::filesystem::path& path);

// What a module calls an entry and is no name of one.
Failure no_entry_name(std::string_view name);

// A file or folder that is not of the form that it was said to have.
Failure unusable_store(const std::filesystem::path& path, const std::string& why, std::string hint);

}  // namespace dockerhub::cli
