#include "directory_store.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "descriptor.hpp"
#include "store_errors.hpp"

namespace dockerhub::cli {

namespace {

constexpr std::string_view kPartial = ".dockerhub-";  // begins the names of what is not committed
constexpr mode_t kFolderMode = 0777;                  // the user's mask has the last word
constexpr mode_t kFileMode = 0666;

bool is_component(std::string_view text) {
  return !text.empty() && text.front() != '.' && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("._+=-").find(c) != std::string_view::npos;
  });
}

// The parts of a name, nothing when it is none.
std::vector<std::string> parts_of(std::string_view name) {
  std::vector<std::string> parts;
  for (;;) {
    const std::size_t slash = name.find('/');
    parts.emplace_back(name.substr(0, slash));
    if (!is_component(parts.back())) return {};
    if (slash == std::string_view::npos) return parts;
    name.remove_prefix(slash + 1);
  }
}

Descriptor open_folder(int parent, const std::string& name) {
  return Descriptor(
      ::openat(parent, name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
}

class ReadEntry final : public Store::Entry {
 public:
  ReadEntry(Descriptor file, std::uint64_t size, std::filesystem::path path)
      : file_(std::move(file)), size_(size), path_(std::move(path)) {}

  std::uint64_t size() const override { return size_; }
  Result<std::size_t> read_at(std::uint64_t offset, void* buffer, std::size_t capacity) override {
    for (;;) {
      const ssize_t got = ::pread(file_.get(), buffer, capacity, static_cast<off_t>(offset));
      if (got >= 0) return static_cast<std::size_t>(got);
      if (errno != EINTR) return store_failed("read", path_, errno);
    }
  }
  Result<void> write(std::string_view) override { return store_failed("write", path_, EBADF); }
  Result<void> commit() override { return store_failed("write", path_, EBADF); }

 private:
  Descriptor file_;
  std::uint64_t size_;
  std::filesystem::path path_;
};

class NewEntry final : public Store::Entry {
 public:
  static Result<std::unique_ptr<Store::Entry>> make(Descriptor folder, std::string name,
                                                    std::filesystem::path path) {
    auto entry = std::unique_ptr<NewEntry>(
        new NewEntry(std::move(folder), std::move(name), std::move(path)));
    entry->file_ = Descriptor(
        ::openat(entry->folder_.get(), ".", O_TMPFILE | O_WRONLY | O_CLOEXEC, kFileMode));
    // Some file systems have no files without a name.
    if (!entry->file_) entry->open_named();
    if (!entry->file_) return store_failed("create", entry->path_, errno);
    return entry;
  }
  ~NewEntry() override { unlink_partial(); }
  NewEntry(const NewEntry&) = delete;
  NewEntry& operator=(const NewEntry&) = delete;

  std::uint64_t size() const override { return written_; }
  Result<std::size_t> read_at(std::uint64_t, void*, std::size_t) override {
    return store_failed("read", path_, EBADF);
  }

  Result<void> write(std::string_view bytes) override {
    const int problem = write_whole(file_.get(), bytes);
    if (problem != 0) return store_failed("write", path_, problem);
    written_ += bytes.size();
    begin_writeback();
    return {};
  }

  Result<void> commit() override {
    if (::fdatasync(file_.get()) != 0) return store_failed("write", path_, errno);
    const bool named = partial_.empty() ? link() : rename();
    if (!named) return store_failed("name", path_, errno);
    // Without this the name may be lost with the power, which the next call would find out.
    static_cast<void>(::fsync(folder_.get()));
    return {};
  }

 private:
  NewEntry(Descriptor folder, std::string name, std::filesystem::path path)
      : folder_(std::move(folder)), name_(std::move(name)), path_(std::move(path)) {}

  std::string partial_name() const {
    return std::string(kPartial) + std::to_string(::getpid()) + "-" + name_;
  }
  void open_named() {
    partial_ = partial_name();
    file_ = Descriptor(::openat(folder_.get(), partial_.c_str(),
                                O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW | O_CLOEXEC, kFileMode));
    if (!file_) partial_.clear();
  }
  bool link_as(const std::string& name) const {
    const std::string self = "/proc/self/fd/" + std::to_string(file_.get());
    return ::linkat(AT_FDCWD, self.c_str(), folder_.get(), name.c_str(), AT_SYMLINK_FOLLOW) == 0;
  }
  bool rename() {
    if (::renameat(folder_.get(), partial_.c_str(), folder_.get(), name_.c_str()) != 0)
      return false;
    partial_.clear();
    return true;
  }
  // A name that is taken cannot be linked over: it is replaced by a rename.
  bool link() {
    if (link_as(name_)) return true;
    if (errno != EEXIST) return false;
    const std::string partial = partial_name();
    if (!link_as(partial)) return false;
    partial_ = partial;
    return rename();
  }
  void unlink_partial() {
    if (!partial_.empty()) ::unlinkat(folder_.get(), partial_.c_str(), 0);
  }
  // The disk writes while the network brings more, and commit() has little left to wait for.
  void begin_writeback() {
    constexpr std::uint64_t kStep = 16 * 1024 * 1024;
    if (written_ - begun_ < kStep) return;
    static_cast<void>(::sync_file_range(file_.get(), static_cast<off_t>(begun_),
                                        static_cast<off_t>(written_ - begun_),
                                        SYNC_FILE_RANGE_WRITE));
    begun_ = written_;
  }

  Descriptor folder_, file_;
  std::string name_, partial_;  // partial_: its name so far, empty while it has none
  std::filesystem::path path_;
  std::uint64_t written_ = 0, begun_ = 0;
};

class DirectoryStore final : public Store {
 public:
  DirectoryStore(std::filesystem::path folder, Descriptor root)
      : folder_(std::move(folder)), root_(std::move(root)) {}

  Result<void> lock();

  Result<std::vector<std::string>> list(std::string_view prefix, std::string_view after) override;
  Result<std::unique_ptr<Entry>> open(std::string_view name) override;
  Result<std::unique_ptr<Entry>> create(std::string_view name) override;
  Result<void> remove(std::string_view name) override;

 private:
  Result<void> make_root();
  Result<void> check_is_empty() const;
  // The folder of an entry; made when `make` says so.
  Result<Descriptor> parent_of(const std::vector<std::string>& parts, bool make);
  void remove_partials() const;
  std::filesystem::path path_of(std::string_view name) const { return folder_ / name; }

  std::filesystem::path folder_;
  Descriptor root_;  // none while the folder is not there
};

// What programs left behind that were killed while they gave an entry its name; under the lock nobody
// else writes.
void DirectoryStore::remove_partials() const {
  std::error_code ignored;
  auto file = std::filesystem::recursive_directory_iterator(folder_, ignored);
  for (; !ignored && file != std::filesystem::recursive_directory_iterator();
       file.increment(ignored)) {
    const std::string name = file->path().filename().string();
    if (name.rfind(kPartial, 0) == 0 && file->is_regular_file(ignored))
      std::filesystem::remove(file->path(), ignored);
  }
}

Result<void> DirectoryStore::lock() {
  if (::flock(root_.get(), LOCK_EX | LOCK_NB) == 0) {
    remove_partials();
    return {};
  }
  if (errno != EWOULDBLOCK) return store_failed("lock", folder_, errno);
  Error error;
  error.kind = ErrorKind::configuration;
  error.message = "Another program writes to " + visible(folder_.string()) + ".";
  error.hint = "Try again when it has ended.";
  return Failure(std::move(error));
}

Result<void> DirectoryStore::make_root() {
  if (root_) return {};
  std::error_code problem;
  std::filesystem::create_directories(folder_, problem);
  if (problem) return store_failed("make", folder_, problem.value());
  root_ = Descriptor(::open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!root_) return store_failed("open", folder_, errno);
  auto ours = lock();
  if (ours) ours = check_is_empty();
  // Closing gives the lock back.
  if (!ours) root_ = Descriptor();
  return ours;
}

// What the call read of the folder, when it was not there, would be wrong by now.
Result<void> DirectoryStore::check_is_empty() const {
  std::error_code ignored;
  if (std::filesystem::is_empty(folder_, ignored)) return {};
  Error error;
  error.kind = ErrorKind::configuration;
  error.message =
      "The folder " + visible(folder_.string()) + " was made by another program meanwhile.";
  error.hint = "Try again.";
  return Failure(std::move(error));
}

Result<Descriptor> DirectoryStore::parent_of(const std::vector<std::string>& parts, bool make) {
  if (make) {
    if (auto made = make_root(); !made) return Failure(made.error());
  }
  if (!root_) return no_such_entry(folder_);
  Descriptor folder(::fcntl(root_.get(), F_DUPFD_CLOEXEC, 0));
  for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
    if (make) ::mkdirat(folder.get(), parts[i].c_str(), kFolderMode);
    Descriptor next = open_folder(folder.get(), parts[i]);
    if (!next)
      return errno == ENOENT ? no_such_entry(path_of(parts[i]))
                             : store_failed("open", path_of(parts[i]), errno);
    folder = std::move(next);
  }
  return folder;
}

Result<std::unique_ptr<Store::Entry>> DirectoryStore::open(std::string_view name) {
  const std::vector<std::string> parts = parts_of(name);
  if (parts.empty()) return no_entry_name(name);
  const auto folder = parent_of(parts, false);
  if (!folder) return Failure(folder.error());
  Descriptor file(::openat(folder->get(), parts.back().c_str(),
                           O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  if (!file)
    return errno == ENOENT ? no_such_entry(path_of(name))
                           : store_failed("open", path_of(name), errno);
  struct stat status = {};
  if (::fstat(file.get(), &status) != 0) return store_failed("open", path_of(name), errno);
  if (!S_ISREG(status.st_mode)) return store_failed("read", path_of(name), EINVAL);
  return std::make_unique<ReadEntry>(std::move(file), static_cast<std::uint64_t>(status.st_size),
                                     path_of(name));
}

Result<std::unique_ptr<Store::Entry>> DirectoryStore::create(std::string_view name) {
  std::vector<std::string> parts = parts_of(name);
  if (parts.empty()) return no_entry_name(name);
  auto folder = parent_of(parts, true);
  if (!folder) return Failure(folder.error());
  return NewEntry::make(std::move(*folder), std::move(parts.back()), path_of(name));
}

Result<void> DirectoryStore::remove(std::string_view name) {
  const std::vector<std::string> parts = parts_of(name);
  if (parts.empty()) return no_entry_name(name);
  const auto folder = parent_of(parts, false);
  if (!folder) return Failure(folder.error());
  if (::unlinkat(folder->get(), parts.back().c_str(), 0) == 0) return {};
  return errno == ENOENT ? no_such_entry(path_of(name))
                         : store_failed("remove", path_of(name), errno);
}

Result<std::vector<std::string>> DirectoryStore::list(std::string_view prefix,
                                                      std::string_view after) {
  constexpr std::size_t kMost = 1000;
  std::vector<std::string> names;
  std::error_code problem;
  auto file = std::filesystem::recursive_directory_iterator(folder_, problem);
  for (; root_ && !problem && file != std::filesystem::recursive_directory_iterator();
       file.increment(problem)) {
    const std::string name = file->path().lexically_relative(folder_).generic_string();
    const bool wanted =
        file->symlink_status(problem).type() == std::filesystem::file_type::regular &&
        name.rfind(prefix, 0) == 0 && name > after && !parts_of(name).empty();
    if (wanted) names.push_back(name);
  }
  if (root_ && problem) return store_failed("list", folder_, problem.value());
  std::sort(names.begin(), names.end());
  if (names.size() > kMost) names.resize(kMost);
  return names;
}

// Nobody's folder is filled by mistake.
Result<void> check_may_be_filled(const std::filesystem::path& folder, const char* mark) {
  std::error_code ignored;
  if (std::filesystem::is_empty(folder, ignored) ||
      std::filesystem::exists(folder / mark, ignored)) {
    return {};
  }
  Error error;
  error.kind = ErrorKind::parameter;
  error.message = "The folder " + visible(folder.string()) + " has other things in it.";
  error.hint = "Name an image of this form, an empty folder, or one that is not there yet.";
  return Failure(std::move(error));
}

}  // namespace

Result<std::unique_ptr<Store>> open_directory_store(const std::filesystem::path& folder,
                                                    bool writable, const char* mark) {
  Descriptor root(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  const bool is_missing = !root && errno == ENOENT;
  if (!root && !(is_missing && writable)) return store_failed("open", folder, errno);
  auto store = std::make_unique<DirectoryStore>(folder, std::move(root));
  if (writable && !is_missing) {
    if (auto fits = check_may_be_filled(folder, mark); !fits) return Failure(fits.error());
    if (auto locked = store->lock(); !locked) return Failure(locked.error());
  }
  return store;
}

}  // namespace dockerhub::cli
