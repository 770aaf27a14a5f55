// A module file that was opened once and checked: a regular file that only root or this process's
// user can change. What is read, hashed, copied and loaded afterwards is this descriptor's file, or
// is refused because it no longer is. Immutable; any thread.
#pragma once

#include <sys/stat.h>

#include <cstdint>
#include <filesystem>
#include <string>

#include "base/checked_folders.hpp"
#include "base/file.hpp"
#include "dockerhub/kernel.hpp"

namespace dockerhub {

class CheckedFile {
 public:
  // Follows links first, then opens the real path and checks owner and permissions of the file and
  // of every folder above it, also of those above a link. Errors (module_fault) name file and
  // cause.
  static Result<CheckedFile> open(const std::filesystem::path& file);
  // One of many: what is known of folders is not asked again.
  static Result<CheckedFile> open(const std::filesystem::path& file, CheckedFolders& folders);

  // The real path, without links.
  const std::filesystem::path& path() const { return path_; }

  // Open for reading as long as this object; read it with pread, its position is nobody's.
  int descriptor() const { return descriptor_.get(); }

  // Bytes at the time of the check.
  std::uint64_t size() const { return static_cast<std::uint64_t>(status_.st_size); }

  // "sha256:" is not part of it: 64 lower-case hex digits of what the descriptor holds now.
  Result<std::string> sha256() const;

  // An error when the path no longer names the file that was checked, or its bytes were written to
  // since ("changed between check and load").
  Result<void> unchanged() const;

 private:
  CheckedFile(std::filesystem::path path, UniqueFd descriptor, const struct stat& status);

  std::filesystem::path path_;
  UniqueFd descriptor_;
  struct stat status_;
};

}  // namespace dockerhub
