#include "modules/checked_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>

#include "base/file_permissions.hpp"
#include "base/sha256.hpp"
#include "modules/module_error.hpp"

namespace dockerhub {
namespace {

bool same_time(const struct timespec& left, const struct timespec& right) {
  return left.tv_sec == right.tv_sec && left.tv_nsec == right.tv_nsec;
}

bool same_file(const struct stat& left, const struct stat& right) {
  return left.st_dev == right.st_dev && left.st_ino == right.st_ino &&
         left.st_size == right.st_size && same_time(left.st_mtim, right.st_mtim) &&
         same_time(left.st_ctim, right.st_ctim);
}

Failure of_module(Error error) {
  error.kind = ErrorKind::module_fault;
  return Failure(std::move(error));
}

// Whoever may change a link's folder chooses the file, so that folder is checked like the file's
// own.
Result<std::filesystem::path> resolve(const std::filesystem::path& file, CheckedFolders& folders) {
  std::error_code problem;
  const std::filesystem::path absolute =
      std::filesystem::absolute(file, problem).lexically_normal();
  if (problem) return refuse_file(file, "cannot be found: " + problem.message(), "Check the path.");
  const std::filesystem::path named_in = folders.real(absolute.parent_path(), problem);
  if (problem) return refuse_file(file, "cannot be found: " + problem.message(), "Check the path.");
  // A link is followed; of any other file the folder's links are all there are.
  std::filesystem::path real = named_in / absolute.filename();
  if (std::filesystem::is_symlink(std::filesystem::symlink_status(real, problem)))
    real = std::filesystem::canonical(absolute, problem);
  if (problem) return refuse_file(file, "cannot be found: " + problem.message(), "Check the path.");
  if (named_in != real.parent_path()) {
    if (auto checked = folders.check(named_in); !checked) return of_module(checked.error());
  }
  return real;
}

}  // namespace

CheckedFile::CheckedFile(std::filesystem::path path, UniqueFd descriptor, const struct stat& status)
    : path_(std::move(path)), descriptor_(std::move(descriptor)), status_(status) {}

Result<CheckedFile> CheckedFile::open(const std::filesystem::path& file) {
  CheckedFolders folders;
  return open(file, folders);
}

Result<CheckedFile> CheckedFile::open(const std::filesystem::path& file, CheckedFolders& folders) {
  const Result<std::filesystem::path> real = resolve(file, folders);
  if (!real) return Failure(real.error());
  if (auto checked = folders.check(real->parent_path()); !checked)
    return of_module(checked.error());
  // Without O_NONBLOCK a named pipe in the place of the file would stop us for ever.
  UniqueFd descriptor(::open(real->c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  if (!descriptor) return refuse_file_by_system(*real, "cannot be opened");
  struct stat status = {};
  if (::fstat(descriptor.get(), &status) != 0)
    return refuse_file_by_system(*real, "cannot be examined");
  if (!S_ISREG(status.st_mode))
    return refuse_file(*real, "is not a regular file", "Name a module file.");
  if (auto checked = check_only_ours(status, *real); !checked) return of_module(checked.error());
  return CheckedFile(*real, std::move(descriptor), status);
}

Result<std::string> CheckedFile::sha256() const {
  constexpr std::size_t kStep = 64 * 1024;
  std::array<char, kStep> buffer;
  Sha256 digest;
  for (off_t offset = 0;;) {
    const ssize_t got = ::pread(descriptor(), buffer.data(), buffer.size(), offset);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return refuse_file_by_system(path_, "cannot be read");
    if (got == 0) break;
    digest.update(buffer.data(), static_cast<std::size_t>(got));
    offset += got;
  }
  return digest.finish();
}

Result<void> CheckedFile::unchanged() const {
  struct stat by_path = {};
  struct stat by_descriptor = {};
  const bool found = ::lstat(path_.c_str(), &by_path) == 0;
  if (!found || ::fstat(descriptor(), &by_descriptor) != 0 || !same_file(by_path, status_) ||
      !same_file(by_descriptor, status_)) {
    return refuse_file(path_, "changed between check and load",
                       "Reload the module, or start again, to have the new file checked.");
  }
  return {};
}

}  // namespace dockerhub
