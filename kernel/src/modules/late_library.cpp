#include "dockerhub/late_library.hpp"

#include <dlfcn.h>

#include <array>
#include <filesystem>
#include <mutex>

#include "base/installation.hpp"
#include "base/loader_mutex.hpp"
#include "modules/checked_file.hpp"

namespace dockerhub {
namespace {

namespace fs = std::filesystem;

// Beside libdockerhub; for a program that contains the kernel (tests), in the lib folder beside its
// own.
Result<fs::path> find_late(const LateLibrary& library) {
  const fs::path own = own_folder();
  const std::array<fs::path, 2> folders = {own / "dockerhub", own.parent_path() / "lib/dockerhub"};
  std::error_code problem;
  for (const fs::path& folder : folders) {
    if (fs::exists(folder / library.file, problem)) return folder / library.file;
  }
  return unusable_library(library, (folders.front() / library.file).string() + " is missing",
                          "Install dockerhub anew.");
}

}  // namespace

Failure unusable_library(const LateLibrary& library, const std::string& what, std::string hint) {
  Error error;
  error.kind = ErrorKind::configuration;
  error.message = std::string(library.purpose) + " is not possible: " + what;
  error.hint = std::move(hint);
  return Failure(std::move(error));
}

Result<const void*> late_symbol(const LateLibrary& library) {
  const auto path = find_late(library);
  if (!path) return Failure(path.error());
  const auto checked = CheckedFile::open(*path);
  if (!checked) return Failure(checked.error());
  const std::lock_guard lock(loader_mutex());
  void* handle = ::dlopen(checked->path().c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
  if (handle == nullptr)
    return unusable_library(library, visible(::dlerror()), "Install what is missing.");
  const void* symbol = ::dlsym(handle, library.symbol);
  if (symbol != nullptr) return symbol;
  return unusable_library(library, checked->path().string() + " is of another version",
                          "Install dockerhub anew.");
}

}  // namespace dockerhub
