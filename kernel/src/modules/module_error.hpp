// Errors about a module file, in one form: every message names the file and the cause. Free
// functions; any thread.
#pragma once

#include <filesystem>
#include <string>

#include "dockerhub/kernel.hpp"

namespace dockerhub {

inline constexpr const char* kAskAuthor = "Ask the module's publisher for a corrected one.";

// "FILE: cause", kind module_fault.
Failure refuse_file(const std::filesystem::path& file, std::string cause, std::string hint = {});

// The same with errno's text after the cause; to be called before anything else changes errno.
Failure refuse_file_by_system(const std::filesystem::path& file, const std::string& cause);

// An error (module_fault) about a manifest, whose file the caller names.
Failure refuse_manifest(std::string cause, std::string hint = {});

}  // namespace dockerhub
