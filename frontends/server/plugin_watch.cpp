#include "plugin_watch.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <system_error>
#include <utility>

namespace dockerhub::server {
namespace {

namespace fs = std::filesystem;

// A file counts when it is complete; a link, a folder and other permissions are at once.
constexpr std::uint32_t kChanges = IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE |
                                   IN_CREATE | IN_ATTRIB | IN_DELETE_SELF | IN_MOVE_SELF;
constexpr std::uint32_t kFolderGone = IN_DELETE_SELF | IN_MOVE_SELF;
constexpr std::string_view kModule = ".so";
constexpr std::size_t kMostRead = std::size_t{16} * 1024;  // bytes of events
constexpr int kRepeat = 1000;                              // milliseconds
constexpr int kAttempts = 3;

Failure no_watch(int problem) {
  Error error;
  error.kind = ErrorKind::configuration;
  error.message = "the folders of the modules cannot be watched: " +
                  std::error_code(problem, std::generic_category()).message();
  error.hint = "Leave --watch-plugins out, or raise fs.inotify.max_user_instances.";
  return Failure(std::move(error));
}

int add_watch(int events, const fs::path& folder) {
  return inotify_add_watch(events, folder.c_str(), kChanges | IN_ONLYDIR);
}

bool is_module(std::string_view name) {
  return name.size() > kModule.size() && name.substr(name.size() - kModule.size()) == kModule;
}

}  // namespace

PluginWatch::Places PluginWatch::places_of(const Kernel& kernel) {
  Places places;
  for (const auto& [folder, kind] : kernel.module_places()) {
    std::error_code ignored;
    places.folders.push_back(fs::absolute(folder, ignored).lexically_normal());
  }
  if (fs::path file = kernel.trust_file(); file.is_absolute()) places.file = std::move(file);
  return places;
}

Result<std::unique_ptr<PluginWatch>> PluginWatch::start(Places places, std::function<bool()> look) {
  web::Descriptor events(inotify_init1(IN_CLOEXEC | IN_NONBLOCK));
  if (!events) return no_watch(errno);
  std::unique_ptr<PluginWatch> watch(
      new PluginWatch(std::move(places), std::move(look), std::move(events)));
  watch->watch_all();
  if (watch->watched_.empty()) return no_watch(errno);
  watch->thread_ = std::thread([self = watch.get()] { self->run(); });
  return watch;
}

PluginWatch::PluginWatch(Places places, std::function<bool()> look, web::Descriptor events)
    : places_(std::move(places)),
      look_(std::move(look)),
      events_(std::move(events)),
      end_(eventfd(0, EFD_CLOEXEC)) {}

PluginWatch::~PluginWatch() {
  eventfd_write(end_.get(), 1);
  if (thread_.joinable()) thread_.join();
}

void PluginWatch::watch_all() {
  const std::map<int, Wanted> before = std::exchange(watched_, {});
  for (const fs::path& folder : places_.folders) watch(folder, {});
  if (!places_.file.empty()) watch(places_.file.parent_path(), places_.file.filename().string());
  for (const auto& [number, wanted] : before) {
    if (watched_.count(number) == 0) inotify_rm_watch(events_.get(), number);
  }
}

// name: of the one file that matters; empty: all modules. Of a folder that is not there, the deepest one
// above it that is.
void PluginWatch::watch(const fs::path& folder, const std::string& name) {
  std::error_code ignored;
  // A folder may come between the look for it and the watch of the one above it.
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    fs::path present = folder;
    fs::path next = name;
    int number = add_watch(events_.get(), present);
    while (number < 0 && present.has_relative_path()) {
      next = present.filename();
      present = present.parent_path();
      number = add_watch(events_.get(), present);
    }
    if (number < 0) return;
    Wanted& wanted = watched_[number];
    wanted.folder = present;
    wanted.modules = wanted.modules || next.empty();
    if (!next.empty()) wanted.names.insert(next.string());
    if (present == folder || !fs::is_directory(present / next, ignored)) return;
  }
}

bool PluginWatch::matters(const inotify_event& event, std::string_view name) const {
  if ((event.mask & (IN_Q_OVERFLOW | kFolderGone)) != 0) return true;
  const auto found = watched_.find(event.wd);
  if (found == watched_.end()) return false;
  const Wanted& wanted = found->second;
  const bool wants =
      (wanted.modules && is_module(name)) || wanted.names.count(std::string(name)) != 0;
  if (!wants || (event.mask & IN_CREATE) == 0 || (event.mask & IN_ISDIR) != 0) return wants;
  // A new file that is being written is told of again at its end.
  std::error_code ignored;
  return fs::is_symlink(wanted.folder / name, ignored);
}

// Takes all that there is; true when something of it matters.
bool PluginWatch::read_events() {
  alignas(inotify_event) std::array<char, kMostRead> bytes = {};
  bool any = false;
  for (;;) {
    const ssize_t size = read(events_.get(), bytes.data(), bytes.size());
    if (size <= 0) return any;
    for (std::size_t at = 0; at < static_cast<std::size_t>(size);) {
      inotify_event event = {};
      std::memcpy(&event, bytes.data() + at, sizeof event);
      const char* const name = bytes.data() + at + sizeof event;
      any = matters(event, {name, strnlen(name, event.len)}) || any;
      at += sizeof event + event.len;
    }
  }
}

void PluginWatch::run() {
  bool changed = false;
  for (;;) {
    std::array<pollfd, 2> ready = {{{events_.get(), POLLIN, 0}, {end_.get(), POLLIN, 0}}};
    if (poll(ready.data(), ready.size(), changed ? kRepeat : -1) < 0 && errno != EINTR) return;
    if (ready[1].revents != 0) return;
    changed = read_events() || changed;
    if (!changed) continue;
    // Before the look, so that what comes to a new folder after it is told of.
    watch_all();
    changed = !look_();
  }
}

}  // namespace dockerhub::server
