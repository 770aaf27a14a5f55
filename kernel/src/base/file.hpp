// Files as the kernel reads and writes them: whole, bounded, and without surprises from links,
// pipes or half-written content. Any thread; paths are taken as given.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

#include "dockerhub/kernel.hpp"

namespace dockerhub {

// Owns a file descriptor; -1 = none.
class UniqueFd {
 public:
  explicit UniqueFd(int fd = -1) noexcept : fd_(fd) {}
  UniqueFd(UniqueFd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  UniqueFd& operator=(UniqueFd&& other) noexcept {
    reset(std::exchange(other.fd_, -1));
    return *this;
  }
  UniqueFd(const UniqueFd&) = delete;
  UniqueFd& operator=(const UniqueFd&) = delete;
  ~UniqueFd() { reset(); }

  int get() const { return fd_; }
  explicit operator bool() const { return fd_ >= 0; }
  void reset(int fd = -1) noexcept;
  // The descriptor, from now on the caller's to close.
  int release() noexcept { return std::exchange(fd_, -1); }

 private:
  int fd_;
};

// A file that was read, with what the reader needs to judge it.
struct FileText {
  std::string text;
  uid_t owner = 0;
  mode_t mode = 0;

  // Owned by root or this process's user, and nobody else may write it.
  bool only_ours() const;
  // Somebody else may read it.
  bool readable_by_others() const;
};

// A regular file of at most `limit` bytes. Errors (ErrorKind::configuration) name path and cause;
// a file that is not there is told apart by is_missing().
Result<FileText> read_file(const std::filesystem::path& path, std::size_t limit);
bool is_missing(const std::filesystem::path& path);

// Replaces the file at once or not at all (mode 0600, synced); makes its folder (0700) when needed.
Result<void> write_file(const std::filesystem::path& path, std::string_view text);

}  // namespace dockerhub
