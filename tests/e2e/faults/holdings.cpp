#include "holdings.hpp"

#include <cstdlib>
#include <filesystem>
#include <iterator>
#include <system_error>

namespace dockerhub::test {
namespace {

namespace fs = std::filesystem;

std::optional<std::string> value_of(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

void set_variable(const char* name, const std::optional<std::string>& value) {
  if (value) {
    ::setenv(name, value->c_str(), 1);
  } else {
    ::unsetenv(name);
  }
}

std::size_t entries_of(const char* folder) {
  return static_cast<std::size_t>(
      std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

}  // namespace

std::string Holdings::text() const {
  return std::to_string(files) + " files, " + std::to_string(sockets) + " sockets and " +
         std::to_string(threads) + " threads";
}

Holdings holdings_now() {
  Holdings holdings;
  for (const fs::directory_entry& entry : fs::directory_iterator("/proc/self/fd")) {
    std::error_code closed;  // since it was listed
    const std::string target = fs::read_symlink(entry.path(), closed).string();
    ++(target.starts_with("socket:") ? holdings.sockets : holdings.files);
  }
  holdings.threads = entries_of("/proc/self/task");
  return holdings;
}

OwnTemporaryFolder::OwnTemporaryFolder()
    : temporary_(value_of("TMPDIR")), runtime_(value_of("XDG_RUNTIME_DIR")) {
  set_variable("TMPDIR", folder_.path().string());
  set_variable("XDG_RUNTIME_DIR", std::nullopt);
}

OwnTemporaryFolder::~OwnTemporaryFolder() {
  set_variable("TMPDIR", temporary_);
  set_variable("XDG_RUNTIME_DIR", runtime_);
}

std::vector<std::string> OwnTemporaryFolder::files() const {
  std::vector<std::string> files;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder_.path())) {
    if (!entry.is_directory() || fs::is_empty(entry.path()))
      files.push_back(entry.path().lexically_relative(folder_.path()).string());
  }
  return files;
}

}  // namespace dockerhub::test
