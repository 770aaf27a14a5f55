#include "modules/library.hpp"

#include <dlfcn.h>
#include <link.h>

#include <boost/dll/shared_library.hpp>
#include <mutex>

#include "base/loader_mutex.hpp"
#include "modules/module_error.hpp"

namespace dockerhub {
namespace {

// To be called with the loader mutex held.
bool is_mapped(const std::filesystem::path& path) {
  void* handle = ::dlopen(path.c_str(), RTLD_LAZY | RTLD_NOLOAD);
  if (handle == nullptr) return false;
  ::dlclose(handle);
  return true;
}

// The loader's text begins with the path that was loaded, which may be that of a copy.
std::string clean(std::string text, const std::filesystem::path& loaded) {
  const std::string prefix = loaded.string() + ": ";
  if (const auto at = text.rfind(prefix); at != std::string::npos)
    text.erase(0, at + prefix.size());
  return visible(text);
}

Failure not_loadable(const std::filesystem::path& file, const std::string& reason) {
  return refuse_file(file, "cannot be loaded: " + reason,
                     "Install what is missing, or build the module again for this system.");
}

}  // namespace

struct Library::Impl {
  std::filesystem::path file;
  std::filesystem::path loaded;
  std::shared_ptr<const PrivateCopies::Copy> copy;
  boost::dll::shared_library library;
  std::promise<bool> closed;
  std::shared_future<bool> closed_future = closed.get_future().share();

  // To be called with the loader mutex held.
  Result<void> load(const std::filesystem::path& path) {
    std::error_code problem;
    std::string reason;
    loaded = path;
    try {
      library.load(path, problem,
                   boost::dll::load_mode::rtld_now | boost::dll::load_mode::rtld_local);
      if (!problem) return {};
      // Boost keeps only the code; the loader's own words name the symbol or the library.
      const char* words = ::dlerror();
      reason = words != nullptr ? words : problem.message();
    } catch (const std::exception& thrown) {
      reason = thrown.what();
    }
    return not_loadable(file, clean(reason, path));
  }

  // False when the process has a library of that path already: the loader, which knows libraries by
  // path, would give that one, also after the file was replaced.
  Result<bool> load_original(const CheckedFile& checked) {
    const std::lock_guard lock(loader_mutex());
    if (is_mapped(checked.path())) return false;
    if (auto same = checked.unchanged(); !same) return Failure(same.error());
    if (auto done = load(checked.path()); !done) return Failure(done.error());
    return true;
  }
};

Library::Library(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Library::~Library() {
  bool unmapped = false;
  {
    const std::lock_guard lock(loader_mutex());
    impl_->library.unload();
    unmapped = !is_mapped(impl_->loaded);
  }
  impl_->copy.reset();
  impl_->closed.set_value(unmapped);
}

Result<std::unique_ptr<Library>> Library::open(const CheckedFile& file, const std::string& sha256,
                                               Source source, PrivateCopies& copies) {
  auto impl = std::make_unique<Impl>();
  impl->file = file.path();
  if (source == Source::original) {
    auto loaded = impl->load_original(file);
    if (!loaded) return Failure(loaded.error());
    if (*loaded) {
      std::unique_ptr<Library> library(new Library(std::move(impl)));
      // The loader opened the path anew: was it still the file that was checked?
      if (auto same = file.unchanged(); !same) return Failure(same.error());
      return library;
    }
  }
  auto copy = copies.make(file, sha256);
  if (!copy) return Failure(copy.error());
  impl->copy = std::move(*copy);
  {
    const std::lock_guard lock(loader_mutex());
    if (auto loaded = impl->load(impl->copy->path()); !loaded) return Failure(loaded.error());
  }
  return std::unique_ptr<Library>(new Library(std::move(impl)));
}

const std::filesystem::path& Library::file() const {
  return impl_->file;
}

const void* Library::object(const char* name, std::size_t size) const {
  void* address = ::dlsym(impl_->library.native(), name);
  if (address == nullptr) return nullptr;
  // dlsym also finds symbols of the libraries that this one is linked to.
  Dl_info info = {};
  const ElfW(Sym)* symbol = nullptr;
  void** extra = const_cast<void**>(reinterpret_cast<const void**>(&symbol));
  if (::dladdr1(address, &info, extra, RTLD_DL_SYMENT) == 0 || symbol == nullptr) return nullptr;
  const bool own = info.dli_saddr == address && impl_->loaded == info.dli_fname;
  const bool fits = ELF64_ST_TYPE(symbol->st_info) == STT_OBJECT && symbol->st_size >= size;
  return own && fits ? address : nullptr;
}

std::shared_future<bool> Library::closed() const {
  return impl_->closed_future;
}

}  // namespace dockerhub
