#include "place_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <vector>

#include "descriptor.hpp"

namespace dockerhub::cli {
namespace {

// The file system, or the system, does not have it.
bool is_missing_there(int problem) {
  constexpr std::array<int, 6> kMissing = {EPERM, EOPNOTSUPP, ENOSYS, EINVAL, EXDEV, EMLINK};
  return std::find(kMissing.begin(), kMissing.end(), problem) != kMissing.end();
}

int copy_bytes(int from, int to) {
  constexpr std::size_t kPiece = 256 * 1024;
  std::vector<char> buffer(kPiece);
  for (;;) {
    const ssize_t got = ::read(from, buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return errno;
    if (got == 0) return ::fdatasync(to) == 0 ? 0 : errno;
    const int problem = write_whole(to, {buffer.data(), static_cast<std::size_t>(got)});
    if (problem != 0) return problem;
  }
}

}  // namespace

int place_by_link(int folder, const char* name, const std::filesystem::path& place) {
  return ::linkat(folder, name, AT_FDCWD, place.c_str(), 0) == 0 ? 0 : errno;
}

int place_by_rename(int folder, const char* name, const std::filesystem::path& place) {
  return ::renameat2(folder, name, AT_FDCWD, place.c_str(), RENAME_NOREPLACE) == 0 ? 0 : errno;
}

int place_by_copy(int folder, const char* name, const std::filesystem::path& place) {
  constexpr mode_t kMode = 0666;  // the user's mask has the last word
  const Descriptor from(::openat(folder, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
  if (!from) return errno;
  const Descriptor to(
      ::open(place.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW | O_CLOEXEC, kMode));
  if (!to) return errno;
  const int problem = copy_bytes(from.get(), to.get());
  if (problem != 0) ::unlink(place.c_str());
  return problem;
}

int place_file(int folder, const char* name, const std::filesystem::path& place) {
  int problem = place_by_link(folder, name, place);
  if (is_missing_there(problem)) problem = place_by_rename(folder, name, place);
  if (is_missing_there(problem)) problem = place_by_copy(folder, name, place);
  return problem;
}

}  // namespace dockerhub::cli
