#include "base/private_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <thread>

#include "base/file_permissions.hpp"
#include "base/json.hpp"
#include "dockerhub/private_file.hpp"

namespace dockerhub {
namespace {

constexpr mode_t kOthers = S_IRWXG | S_IRWXO;

Failure refuse_by_system(const std::filesystem::path& path, const std::string& what) {
  return refuse_path(path, what + ": " + std::generic_category().message(errno),
                     "Check the path, its permissions and the space on the disk.");
}

Result<void> check_file(const struct stat& status, const std::filesystem::path& path) {
  if (!S_ISREG(status.st_mode)) return refuse_path(path, "is not a regular file", "Remove it.");
  if (auto checked = check_only_ours(status, path); !checked) return checked;
  if ((status.st_mode & kOthers) == 0) return {};
  return refuse_path(path, "readable by others", "Take the right away: chmod 600 " + path.string());
}

Result<void> make_folder(const std::filesystem::path& folder) {
  std::error_code problem;
  std::filesystem::create_directories(folder.parent_path(), problem);
  if (::mkdir(folder.c_str(), S_IRWXU) == 0 || errno == EEXIST) return {};
  return refuse_by_system(folder, "cannot be made");
}

}  // namespace

// The folder that really holds the file, and all above it; of a link also those of what it names.
Result<void> check_place_of_file(const std::filesystem::path& path) {
  std::error_code problem;
  const std::filesystem::path whole = std::filesystem::absolute(path, problem);
  const std::filesystem::path named_in = std::filesystem::canonical(whole.parent_path(), problem);
  if (problem) return refuse_path(whole.parent_path(), problem.message(), "Check the path.");
  if (auto checked = check_folders(named_in); !checked) return checked;
  const std::filesystem::path real = std::filesystem::canonical(whole, problem);
  if (problem || real.parent_path() == named_in) return {};
  return check_folders(real.parent_path());
}

Result<std::string> read_private_file(const std::filesystem::path& path, std::size_t most) {
  Result<FileText> file = read_file(path, most);
  if (!file) return Failure(std::move(file.error()));
  struct stat status = {};
  status.st_uid = file->owner;
  status.st_mode = file->mode;
  if (auto checked = check_file(status, path); !checked) return Failure(checked.error());
  if (auto checked = check_place_of_file(path); !checked) return Failure(checked.error());
  return std::move(file->text);
}

PrivateFile::PrivateFile(std::filesystem::path path, int version)
    : path_(std::move(path)), version_(version) {}

Result<std::optional<std::string>> PrivateFile::read(std::size_t limit) const {
  auto text = read_unjudged(limit);
  if (!text || !*text) return text;
  if (auto checked = check_version(**text); !checked) return Failure(checked.error());
  return text;
}

Result<std::optional<std::string>> PrivateFile::read_unjudged(std::size_t limit) const {
  if (is_missing(path_)) return std::nullopt;
  Result<std::string> text = read_private_file(path_, limit);
  if (!text) return Failure(std::move(text.error()));
  return std::move(*text);
}

Result<void> PrivateFile::write(std::string_view text) const {
  if (auto made = make_folder(path_.parent_path()); !made) return made;
  if (auto checked = check_place_of_file(path_); !checked) return checked;
  return write_file(path_, text);
}

Result<UniqueFd> PrivateFile::open_to_append() const {
  if (auto made = make_folder(path_.parent_path()); !made) return Failure(made.error());
  return open(O_RDWR | O_APPEND | O_CREAT);
}

Result<UniqueFd> PrivateFile::open_to_read() const {
  return open(O_RDONLY);
}

Result<UniqueFd> PrivateFile::open(int flags) const {
  if (auto checked = check_place_of_file(path_); !checked) return Failure(checked.error());
  // A link here was put by somebody; a pipe would stop us for ever.
  constexpr int kCareful = O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK;
  UniqueFd descriptor(::open(path_.c_str(), flags | kCareful, S_IRUSR | S_IWUSR));
  if (!descriptor) return refuse_by_system(path_, "cannot be opened");
  struct stat status = {};
  if (::fstat(descriptor.get(), &status) != 0) return refuse_by_system(path_, "cannot be examined");
  if (auto checked = check_file(status, path_); !checked) return Failure(checked.error());
  return descriptor;
}

Result<UniqueFd> PrivateFile::lock(std::chrono::milliseconds time,
                                   const std::stop_token& stop) const {
  // The folder's, since the file itself is replaced.
  const std::filesystem::path folder = path_.parent_path();
  if (auto made = make_folder(folder); !made) return Failure(made.error());
  UniqueFd descriptor(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!descriptor) return refuse_by_system(folder, "cannot be opened");
  constexpr std::chrono::milliseconds kPause{5};
  const auto end = std::chrono::steady_clock::now() + time;
  while (::flock(descriptor.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK && errno != EINTR) return refuse_by_system(folder, "cannot be locked");
    if (stop.stop_requested() || std::chrono::steady_clock::now() >= end) {
      Failure busy =
          refuse_path(folder, "another program holds its lock",
                      "See who has it open (fuser " + folder.string() + "), then try again.");
      busy.value().kind = stop.stop_requested() ? ErrorKind::cancelled : ErrorKind::timeout;
      return busy;
    }
    std::this_thread::sleep_for(kPause);
  }
  return descriptor;
}

Result<void> PrivateFile::check_version(std::string_view text) const {
  const auto header = json::parse(text.substr(0, text.find('\n')));
  const json::Value* version = header ? json::find(*header, "version") : nullptr;
  const bool is_number = version != nullptr && version->IsInt();
  return judge_version(is_number ? std::optional<std::int64_t>(version->GetInt()) : std::nullopt);
}

Result<void> PrivateFile::judge_version(std::optional<std::int64_t> version) const {
  if (!version || *version < 1) {
    return refuse_path(path_, "not in the form that these programs write",
                       "Look at it; move it away to begin anew.");
  }
  if (*version <= version_) return {};
  return refuse_path(path_,
                     "written by a newer version (format " + std::to_string(*version) +
                         ", known up to " + std::to_string(version_) + ")",
                     "Use the newer programs, or move the file away to begin anew.");
}

std::filesystem::path xdg_folder(std::string_view xdg_home, std::string_view home,
                                 std::string_view below_home) {
  const std::filesystem::path given(xdg_home);
  if (given.is_absolute()) return given / "dockerhub";
  const std::filesystem::path base(home);
  return base.is_absolute() ? base / below_home / "dockerhub" : std::filesystem::path();
}

}  // namespace dockerhub
