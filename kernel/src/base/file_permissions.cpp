#include "base/file_permissions.hpp"

#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace dockerhub {
namespace {

constexpr mode_t kOthersWrite = S_IWGRP | S_IWOTH;

bool owner_is_safe(const struct stat& status) {
  return status.st_uid == 0 || status.st_uid == ::geteuid();
}

Failure owned_by(const std::filesystem::path& path, uid_t owner) {
  return refuse_path(
      path, "owned by user " + std::to_string(owner) + ", not by root or by you",
      "Have it owned by you or root: chown " + std::to_string(::geteuid()) + " " + path.string());
}

Failure writable(const std::filesystem::path& path) {
  return refuse_path(path, "writable by others",
                     "Take the right away: chmod go-w " + path.string());
}

Result<void> check_folder(const std::filesystem::path& folder) {
  struct stat status = {};
  if (::lstat(folder.c_str(), &status) != 0) {
    return refuse_path(folder, "cannot be examined: " + std::generic_category().message(errno),
                       "Check the path and its permissions.");
  }
  if (!S_ISDIR(status.st_mode))
    return refuse_path(folder, "is no folder", "Name a file in a folder.");
  if (!owner_is_safe(status)) return owned_by(folder, status.st_uid);
  const bool sticky_of_root = status.st_uid == 0 && (status.st_mode & S_ISVTX) != 0;
  if ((status.st_mode & kOthersWrite) != 0 && !sticky_of_root) return writable(folder);
  return {};
}

}  // namespace

Failure refuse_path(const std::filesystem::path& path, const std::string& cause, std::string hint) {
  Error error;
  error.kind = ErrorKind::configuration;
  error.message = path.string() + ": " + cause;
  error.hint = std::move(hint);
  return Failure(std::move(error));
}

Result<void> check_only_ours(const struct stat& status, const std::filesystem::path& path) {
  if (!owner_is_safe(status)) return owned_by(path, status.st_uid);
  if ((status.st_mode & kOthersWrite) != 0) return writable(path);
  return {};
}

Result<void> check_folders(const std::filesystem::path& folder) {
  for (std::filesystem::path current = folder;; current = current.parent_path()) {
    if (auto checked = check_folder(current); !checked) return checked;
    if (current == current.root_path()) return {};
  }
}

}  // namespace dockerhub
