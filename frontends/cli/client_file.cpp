#include "client_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <system_error>

#include "descriptor.hpp"
#include "dockerhub/private_file.hpp"

namespace dockerhub::cli {

namespace {

constexpr std::size_t kMostBytes = std::size_t{16} * 1024 * 1024;
constexpr int kMostBackups = 1000;
constexpr mode_t kModeBits = 07777;

Failure refused_file(const std::filesystem::path& path, const std::string& why, std::string hint) {
  Error error;
  error.kind = ErrorKind::configuration;
  error.message = visible(path.string()) + ": " + why + ".";
  error.hint = std::move(hint);
  return Failure(std::move(error));
}

Failure system_refused(const std::filesystem::path& path, const std::string& what, int number) {
  return refused_file(path, what + ": " + std::generic_category().message(number),
                      "Check the path, its permissions and the room on the disk.");
}

Result<std::string> all_of(int descriptor, const std::filesystem::path& path) {
  constexpr std::size_t kBlock = std::size_t{64} * 1024;
  std::string text;
  for (;;) {
    const std::size_t size = text.size();
    text.resize(size + kBlock);
    const ssize_t got = ::read(descriptor, text.data() + size, kBlock);
    const int number = errno;
    text.resize(size + static_cast<std::size_t>(got > 0 ? got : 0));
    if (got < 0 && number == EINTR) continue;
    if (got < 0) return system_refused(path, "it cannot be read", number);
    if (got == 0) return text;
    if (text.size() > kMostBytes)
      return refused_file(path, "it is larger than 16 MiB", "Look whether it is the right file.");
  }
}

// Takes the file away again unless it was kept.
class NewFile {
 public:
  explicit NewFile(std::string path) : path_(std::move(path)) {}
  ~NewFile() {
    if (!path_.empty()) ::unlink(path_.c_str());
  }
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;
  void keep() { path_.clear(); }

 private:
  std::string path_;
};

Result<void> fill(int descriptor, const std::filesystem::path& path, mode_t mode,
                  std::string_view text) {
  if (::fchmod(descriptor, mode) != 0) return system_refused(path, "its mode cannot be set", errno);
  return write_private_file(descriptor, path, text);
}

Result<std::filesystem::path> back_up(const ClientFile& file) {
  for (int number = 1; number <= kMostBackups; ++number) {
    const std::string path = file.path.string() + ".backup-" + std::to_string(number);
    const Descriptor made(
        ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, S_IRUSR));
    if (!made && errno == EEXIST) continue;
    if (!made) return system_refused(path, "it cannot be made", errno);
    NewFile copy(path);
    if (auto filled = fill(made.get(), path, file.mode, file.text); !filled)
      return Failure(filled.error());
    copy.keep();
    return std::filesystem::path(path);
  }
  return refused_file(file.path, "there are a thousand copies of it already",
                      "Take away those that you do not need.");
}

// Where a path that may be a link leads; its folder may be missing yet. A link that leads nowhere stays in it.
std::filesystem::path without_links(const std::filesystem::path& path) {
  std::error_code problem;
  const std::filesystem::path real = std::filesystem::weakly_canonical(path, problem);
  return problem ? path : real;
}

Result<void> check_for_links(const std::filesystem::path& path) {
  std::error_code problem;
  for (std::filesystem::path part = path; part.has_relative_path(); part = part.parent_path()) {
    const std::filesystem::path target = std::filesystem::read_symlink(part, problem);
    if (problem) continue;
    return refused_file(part,
                        "it is a link to " + visible(target.string()) + ", which is not there",
                        "Make what it leads to, or take the link away.");
  }
  return {};
}

// Another program may have written it since it was read.
Result<void> check_for_changes(const ClientFile& file) {
  const auto now = read_client_file(file.path);
  if (!now) return Failure(now.error());
  if (now->path == file.path && now->exists == file.exists && now->text == file.text &&
      now->mode == file.mode)
    return {};
  return refused_file(file.path, "it was changed meanwhile",
                      "Call again; what was written meanwhile is still there.");
}

Result<void> put_in_place(const ClientFile& file, std::string_view text) {
  std::string path = file.path.string() + ".new-XXXXXX";
  const Descriptor made(::mkostemp(path.data(), O_CLOEXEC));
  if (!made) return system_refused(path, "it cannot be made", errno);
  NewFile beside(path);
  if (auto filled = fill(made.get(), path, file.mode, text); !filled) return filled;
  if (auto checked = check_for_changes(file); !checked) return checked;
  if (std::rename(path.c_str(), file.path.c_str()) != 0)
    return system_refused(file.path, "it cannot be replaced", errno);
  beside.keep();
  return {};
}

}  // namespace

Result<ClientFile> read_client_file(const std::filesystem::path& path) {
  ClientFile file;
  file.path = without_links(path);
  const Descriptor opened(::open(file.path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
  if (!opened && errno == ENOENT) return check_for_links(file.path).map([&] { return file; });
  if (!opened) return system_refused(file.path, "it cannot be read", errno);
  struct stat status {};
  if (::fstat(opened.get(), &status) != 0)
    return system_refused(file.path, "it cannot be read", errno);
  if (!S_ISREG(status.st_mode))
    return refused_file(file.path, "it is no regular file", "Look what is there.");
  if (status.st_uid != ::geteuid())
    return refused_file(file.path, "it belongs to somebody else",
                        "Run the command as the user whose file it is.");
  file.exists = true;
  file.mode = status.st_mode & kModeBits;
  return all_of(opened.get(), file.path).map([&](std::string&& text) {
    file.text = std::move(text);
    return std::move(file);
  });
}

Result<std::filesystem::path> replace_client_file(const ClientFile& file, std::string_view text) {
  std::error_code problem;
  std::filesystem::create_directories(file.path.parent_path(), problem);
  if (problem) return system_refused(file.path.parent_path(), "it cannot be made", problem.value());
  std::filesystem::path backup;
  if (file.exists) {
    const auto copied = back_up(file);
    if (!copied) return copied;
    backup = *copied;
  }
  NewFile copy(backup.string());
  if (auto put = put_in_place(file, text); !put) return Failure(put.error());
  copy.keep();
  return backup;
}

}  // namespace dockerhub::cli
