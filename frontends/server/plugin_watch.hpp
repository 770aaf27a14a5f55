// Notices that modules come, go or change, by the files in their places and by the record of those that
// are trusted: when one has been written to its end, moved there or removed. Has a thread of its own.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "dockerhub/kernel.hpp"
#include "http/descriptor.hpp"

struct inotify_event;

namespace dockerhub::server {

class PluginWatch {
 public:
  // What is looked at; absolute paths, of which none has to be there.
  struct Places {
    std::vector<std::filesystem::path> folders;  // for files that end in .so
    std::filesystem::path file;                  // or empty
  };
  static Places places_of(const Kernel& kernel);

  // look: called on the thread of the watch after a change, for several at once where they come together;
  // called again a second later when it gives false. Errors (configuration): the system gives no watch.
  static Result<std::unique_ptr<PluginWatch>> start(Places places, std::function<bool()> look);
  // Waits for `look`.
  ~PluginWatch();
  PluginWatch(const PluginWatch&) = delete;
  PluginWatch& operator=(const PluginWatch&) = delete;

 private:
  // What matters in one folder that is watched.
  struct Wanted {
    std::filesystem::path folder;
    bool modules = false;
    std::set<std::string> names;
  };

  PluginWatch(Places places, std::function<bool()> look, web::Descriptor events);

  void watch_all();
  void watch(const std::filesystem::path& folder, const std::string& name);
  bool read_events();
  bool matters(const inotify_event& event, std::string_view name) const;
  void run();

  const Places places_;
  const std::function<bool()> look_;
  const web::Descriptor events_;
  const web::Descriptor end_;  // readable at the end
  std::map<int, Wanted> watched_;
  std::thread thread_;
};

}  // namespace dockerhub::server
