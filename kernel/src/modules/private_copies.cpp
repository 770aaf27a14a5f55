#include "modules/private_copies.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <system_error>

#include "base/file_permissions.hpp"
#include "base/sha256.hpp"
#include "modules/module_error.hpp"

namespace dockerhub {
namespace {

// A file on a file system mounted noexec cannot be mapped as code.
bool may_hold_code(const std::filesystem::path& folder) {
  struct statvfs status = {};
  return ::statvfs(folder.c_str(), &status) == 0 && (status.f_flag & ST_NOEXEC) == 0;
}

bool write_all(int descriptor, const char* bytes, std::size_t size) {
  while (size > 0) {
    const ssize_t written = ::write(descriptor, bytes, size);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    bytes += written;
    size -= static_cast<std::size_t>(written);
  }
  return true;
}

// The sha256 of the bytes that were copied.
Result<std::string> copy_bytes(const CheckedFile& file, int target,
                               const std::filesystem::path& copy) {
  std::array<char, 64 * 1024> buffer;
  Sha256 digest;
  for (off_t offset = 0;;) {
    const ssize_t got = ::pread(file.descriptor(), buffer.data(), buffer.size(), offset);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return refuse_file_by_system(file.path(), "cannot be read");
    if (got == 0) return digest.finish();
    const auto size = static_cast<std::size_t>(got);
    digest.update(buffer.data(), size);
    if (!write_all(target, buffer.data(), size)) {
      return refuse_file_by_system(file.path(), "cannot be copied to " + copy.string());
    }
    offset += got;
  }
}

}  // namespace

class PrivateCopies::Folder {
 public:
  explicit Folder(std::filesystem::path path) : path_(std::move(path)) {}
  ~Folder() { ::rmdir(path_.c_str()); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

PrivateCopies::Copy::Copy(std::shared_ptr<const Folder> folder, std::filesystem::path path)
    : folder_(std::move(folder)), path_(std::move(path)) {}

PrivateCopies::Copy::~Copy() {
  ::unlink(path_.c_str());
}

PrivateCopies::PrivateCopies(std::vector<std::filesystem::path> parents)
    : parents_(std::move(parents)) {}

std::vector<std::filesystem::path> PrivateCopies::default_parents() {
  std::vector<std::filesystem::path> parents;
  const char* runtime = std::getenv("XDG_RUNTIME_DIR");
  if (runtime != nullptr && *runtime == '/') parents.emplace_back(runtime);
  std::error_code problem;
  std::filesystem::path temporary = std::filesystem::temp_directory_path(problem);
  if (!problem) parents.push_back(std::move(temporary));
  parents.emplace_back("/tmp");
  return parents;
}

Result<std::shared_ptr<const PrivateCopies::Folder>> PrivateCopies::folder() {
  const std::lock_guard lock(mutex_);
  if (folder_ != nullptr) return folder_;
  std::string tried;
  for (const std::filesystem::path& parent : parents_) {
    tried += (tried.empty() ? "" : ", ") + parent.string();
    std::error_code problem;
    const std::filesystem::path real = std::filesystem::canonical(parent, problem);
    if (problem || !may_hold_code(real) || !check_folders(real)) continue;
    std::string name = (real / "dockerhub-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) continue;
    folder_ = std::make_shared<const Folder>(name);
    return folder_;
  }
  return refuse_manifest("no folder can take private copies of modules; tried " + tried,
                         "Set TMPDIR to a folder that is yours alone and not mounted noexec.");
}

Result<std::shared_ptr<const PrivateCopies::Copy>> PrivateCopies::make(const CheckedFile& file,
                                                                       const std::string& sha256) {
  const auto in = folder();
  if (!in) return Failure(in.error());
  std::uint64_t number = 0;
  {
    const std::lock_guard lock(mutex_);
    number = ++copies_;
  }
  const std::filesystem::path path =
      (*in)->path() / (std::to_string(number) + "-" + file.path().filename().string());
  const UniqueFd target(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW,
                               S_IRUSR | S_IWUSR));
  if (!target) return refuse_file_by_system(file.path(), "cannot be copied to " + path.string());
  auto copy = std::make_shared<const Copy>(*in, path);
  const Result<std::string> copied = copy_bytes(file, target.get(), path);
  if (!copied) return Failure(copied.error());
  if (sha256.empty()) {
    if (auto same = file.unchanged(); !same) return Failure(same.error());
  } else if (*copied != sha256) {
    return refuse_file(file.path(), "changed between check and load",
                       "Reload the module, or start again, to have the new file checked.");
  }
  return copy;
}

}  // namespace dockerhub
