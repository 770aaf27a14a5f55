#include "base/file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <system_error>

namespace dockerhub {
namespace {

Failure failed(const std::string& what, const std::filesystem::path& path, std::string hint) {
  Error error;
  error.kind = ErrorKind::configuration;
  error.message = what + " " + path.string();
  error.hint = std::move(hint);
  return Failure(std::move(error));
}

Failure system_failed(const std::string& what, const std::filesystem::path& path) {
  const std::string reason = std::generic_category().message(errno);
  return failed(what, path, "The system says: " + reason + ". Check the path and its permissions.");
}

Result<void> write_all(int fd, std::string_view text, const std::filesystem::path& path) {
  while (!text.empty()) {
    const ssize_t written = ::write(fd, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return system_failed("cannot write", path);
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  if (::fsync(fd) != 0) return system_failed("cannot write", path);
  return {};
}

// size: what the system says that the file has; it may have more by now.
Result<void> read_all(int fd, std::string& text, std::size_t size, std::size_t limit,
                      const std::filesystem::path& path) {
  constexpr std::size_t kMore = 4096;
  constexpr std::size_t kSmall = 64 * 1024;
  // No more than it needs: each page that is touched costs a start its time.
  std::size_t step = std::min(size, limit) + kMore;
  // A small file, which may hold a secret, is never copied to more room: nobody could wipe what is left.
  text.reserve(std::max(step, kSmall) + kMore);
  for (;;) {
    const std::size_t old = text.size();
    text.resize(old + step);
    const ssize_t got = ::read(fd, text.data() + old, step);
    text.resize(old + (got > 0 ? static_cast<std::size_t>(got) : 0));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return system_failed("cannot read", path);
    if (got == 0) return {};
    if (text.size() > limit) {
      return failed("too large:", path, "At most " + std::to_string(limit) + " bytes are read.");
    }
    step = kMore;
  }
}

Result<void> make_folders(const std::filesystem::path& folder) {
  if (folder.empty()) return {};
  std::error_code problem;
  if (std::filesystem::is_directory(folder, problem)) return {};
  std::filesystem::create_directories(folder.parent_path(), problem);
  if (::mkdir(folder.c_str(), S_IRWXU) != 0 && errno != EEXIST) {
    return system_failed("cannot make the folder", folder);
  }
  return {};
}

}  // namespace

void UniqueFd::reset(int fd) noexcept {
  if (fd_ >= 0) ::close(fd_);
  fd_ = fd;
}

bool FileText::only_ours() const {
  const bool ours = owner == 0 || owner == ::geteuid();
  return ours && (mode & (S_IWGRP | S_IWOTH)) == 0;
}

bool FileText::readable_by_others() const {
  return (mode & (S_IRGRP | S_IROTH)) != 0;
}

Result<FileText> read_file(const std::filesystem::path& path, std::size_t limit) {
  // Without O_NONBLOCK a named pipe in the place of the file would stop us for ever.
  const UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!fd) return system_failed("cannot open", path);
  struct stat status = {};
  if (::fstat(fd.get(), &status) != 0) return system_failed("cannot examine", path);
  if (!S_ISREG(status.st_mode)) return failed("not a regular file:", path, "Name a plain file.");
  FileText file{{}, status.st_uid, status.st_mode};
  const auto size = static_cast<std::size_t>(status.st_size);
  if (auto read = read_all(fd.get(), file.text, size, limit, path); !read)
    return Failure(read.error());
  return file;
}

bool is_missing(const std::filesystem::path& path) {
  struct stat status = {};
  return ::stat(path.c_str(), &status) != 0 && (errno == ENOENT || errno == ENOTDIR);
}

Result<void> write_file(const std::filesystem::path& path, std::string_view text) {
  if (auto made = make_folders(path.parent_path()); !made) return made;
  std::string temporary = path.string() + ".XXXXXX";
  const UniqueFd fd(::mkostemp(temporary.data(), O_CLOEXEC));
  if (!fd) return system_failed("cannot write beside", path);
  Result<void> written = write_all(fd.get(), text, temporary);
  if (written && ::rename(temporary.c_str(), path.c_str()) != 0) {
    written = system_failed("cannot replace", path);
  }
  if (!written) ::unlink(temporary.c_str());
  return written;
}

}  // namespace dockerhub
