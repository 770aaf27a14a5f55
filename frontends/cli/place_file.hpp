// Gives a finished file its place without ever replacing what is there. Any thread.
#pragma once

#include <filesystem>

namespace dockerhub::cli {

// Each takes a file of an open folder and gives 0 or an errno, EEXIST where the place is taken. The place is on the
// same file system for the first two; not every file system has them.
int place_by_link(int folder, const char* name, const std::filesystem::path& place);
int place_by_rename(int folder, const char* name, const std::filesystem::path& place);
// The bytes once more; the place has a part of them while it lasts.
int place_by_copy(int folder, const char* name, const std::filesystem::path& place);

// By the first of them that the file system has.
int place_file(int folder, const char* name, const std::filesystem::path& place);

}  // namespace dockerhub::cli
