#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <string>
#include <system_error>

#include "base/file.hpp"
#include "base/file_permissions.hpp"
#include "base/private_file.hpp"
#include "dockerhub/private_file.hpp"

namespace dockerhub {
namespace {

constexpr int kMostRescued = 1000;

Failure not_made(const std::filesystem::path& path, const std::string& what) {
  const bool exists = errno == EEXIST;
  return refuse_path(path, what + ": " + std::generic_category().message(errno),
                     exists ? "Name a file that is not there yet."
                            : "Check the path, its permissions and the space on the disk.");
}

std::string_view variable_or_nothing(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string_view() : std::string_view(value);
}

Result<std::filesystem::path> rescue_folder() {
  const std::filesystem::path folder = xdg_folder("XDG_STATE_HOME", ".local/state");
  if (folder.empty()) {
    return refuse_path("HOME", "neither it nor XDG_STATE_HOME is set",
                       "Set HOME to your own folder.");
  }
  std::error_code ignored;
  std::filesystem::create_directories(folder.parent_path(), ignored);
  for (const std::filesystem::path& made : {folder, folder / "rescued"}) {
    if (::mkdir(made.c_str(), S_IRWXU) != 0 && errno != EEXIST)
      return not_made(made, "cannot be made");
  }
  return folder / "rescued";
}

}  // namespace

std::filesystem::path xdg_folder(const char* variable, std::string_view below_home) {
  return xdg_folder(variable_or_nothing(variable), variable_or_nothing("HOME"), below_home);
}

Result<int> create_private_file(const std::filesystem::path& path) {
  std::error_code problem;
  const std::filesystem::path folder = std::filesystem::absolute(path, problem).parent_path();
  const std::filesystem::path real = std::filesystem::canonical(folder, problem);
  if (problem) return refuse_path(folder, problem.message(), "Name a file in a folder.");
  if (auto checked = check_folders(real); !checked) return Failure(checked.error());
  UniqueFd descriptor(::open((real / path.filename()).c_str(),
                             O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                             S_IRUSR | S_IWUSR));
  if (!descriptor) return not_made(path, "cannot be made");
  return descriptor.release();
}

Result<void> write_private_file(int descriptor, const std::filesystem::path& path,
                                std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return not_made(path, "cannot be written");
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  if (::fsync(descriptor) == 0 || errno == EINVAL) return {};
  return not_made(path, "cannot be written");
}

Result<std::filesystem::path> rescue_into_private_file(std::string_view name,
                                                       std::string_view text) {
  const Result<std::filesystem::path> folder = rescue_folder();
  if (!folder) return folder;
  for (int number = 1;; ++number) {
    std::filesystem::path path = *folder / (std::string(name) + "-" + std::to_string(number));
    std::error_code ignored;
    const bool is_taken = std::filesystem::symlink_status(path, ignored).type() !=
                          std::filesystem::file_type::not_found;
    if (is_taken && number < kMostRescued) continue;
    const Result<int> made = create_private_file(path);
    if (!made) return Failure(made.error());
    const UniqueFd descriptor(*made);
    if (const auto written = write_private_file(*made, path, text); !written)
      return Failure(written.error());
    return path;
  }
}

}  // namespace dockerhub
