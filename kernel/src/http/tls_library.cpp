#include "http/tls_library.hpp"

#include <dlfcn.h>

#include <array>
#include <filesystem>
#include <mutex>

#include "base/installation.hpp"
#include "base/loader_mutex.hpp"
#include "dockerhub/build_info.hpp"
#include "modules/checked_file.hpp"

namespace dockerhub::http {
namespace {

namespace fs = std::filesystem;

constexpr const char* kFile = "libdockerhub_tls.so";

Failure unusable(const std::string& what, std::string hint) {
  Error error;
  error.kind = ErrorKind::configuration;
  error.message = "https is not possible: " + what;
  error.hint = std::move(hint);
  return Failure(std::move(error));
}

// Beside libdockerhub; for a program that contains the kernel (tests), in the lib folder beside its
// own.
Result<fs::path> find_library() {
  const fs::path own = own_folder();
  const std::array<fs::path, 2> folders = {own / "dockerhub", own.parent_path() / "lib/dockerhub"};
  std::error_code problem;
  for (const fs::path& folder : folders) {
    if (fs::exists(folder / kFile, problem)) return folder / kFile;
  }
  return unusable(folders.front().string() + "/" + kFile + " is missing",
                  "Install dockerhub anew.");
}

Result<const TlsLibrary*> load(const fs::path& file) {
  const std::lock_guard lock(loader_mutex());
  void* handle = ::dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
  if (handle == nullptr) return unusable(visible(::dlerror()), "Install what is missing.");
  const auto* library = static_cast<const TlsLibrary*>(::dlsym(handle, kTlsLibrarySymbol));
  if (library == nullptr || library->build != kVersion)
    return unusable(file.string() + " is of another version", "Install dockerhub anew.");
  return library;
}

}  // namespace

Result<std::unique_ptr<TlsContext>> make_tls_context(const TlsOptions& options) {
  const auto path = find_library();
  if (!path) return Failure(path.error());
  const auto checked = CheckedFile::open(*path);
  if (!checked) return Failure(checked.error());
  const auto library = load(checked->path());
  if (!library) return Failure(library.error());
  return (*library)->make(options);
}

}  // namespace dockerhub::http
