// All modules of one kernel: found, accepted or refused, loaded at first use, unloaded and replaced
// while calls run, and the catalogue that follows from them.
//
// The catalogue is an immutable snapshot behind a shared_ptr; load, unload and offers swap it. A
// call holds its snapshot and its Instance and so never sees a change. No lock is held while a
// module's code runs, but for the loader mutex around dlopen and dlclose (process-wide: ld.so is).
// Any thread.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "dockerhub/kernel.hpp"
#include "modules/instance.hpp"
#include "modules/known_manifests.hpp"
#include "modules/trust.hpp"

namespace dockerhub {

struct Place {
  std::filesystem::path directory;
  std::string kind;  // "configured", "installed", "user"
};

class ModuleTable {
 public:
  struct Options {
    std::vector<Place> places;  // in their order
    std::filesystem::path trust_file;
    KnownManifests::Places known_manifests;
    std::vector<std::string> host_extensions;  // what this kernel offers: "call/1"...
    std::vector<std::string> features;         // row features: "request/1"...
    // Whether a module is switched on, by the toggle variables of its manifest.
    std::function<Result<bool>(const std::vector<std::string>& variables)> toggle;
    MakeHost make_host;
    std::function<void(const Change&)> changed;  // must not block
    std::function<void(LogLevel, std::string_view)> log;
    // Called with each accepted manifest before any module is loaded (settings, secrets). An error
    // refuses the module.
    std::function<Result<void>(const Manifest&)> accept;
  };

  // What can be called now, and the manifests that say so, by module: a call makes sure that what it
  // runs is what it was checked against.
  struct Snapshot {
    Catalogue catalogue;
    std::map<std::string, std::shared_ptr<const Manifest>, std::less<>> manifests;
  };

  explicit ModuleTable(Options options);
  ~ModuleTable();  // waits for nothing: instances in use end with their last call
  ModuleTable(const ModuleTable&) = delete;
  ModuleTable& operator=(const ModuleTable&) = delete;

  // Takes all instances out and drops them, while this object still answers what their code may ask at
  // its end. Nothing can be called afterwards.
  void shutdown();

  // Looks at all places (also again later): new files are added, vanished ones unloaded, and modules in
  // use whose file is another one now replaced as by reload(); why one cannot be is logged.
  // The error is a bad toggle value (ErrorKind::configuration).
  Result<void> rescan();

  std::shared_ptr<const Snapshot> snapshot() const;

  // The module's instance, loaded now if it is not yet. Callers that ask at once wait for one load.
  // A module that failed to load stays refused until it is reloaded.
  Result<std::shared_ptr<Instance>> acquire(std::string_view module);

  // Every file that was found, in the order of the places; with the sha256 of each, so it reads
  // files for the first time. names() reads none: the names of modules whose manifest could be
  // read.
  std::vector<ModuleInfo> list() const;
  std::vector<std::string> names() const;
  // The file by itself: another module of its name is no reason to refuse it. An error
  // (module_fault) when it cannot be opened.
  Result<ModuleInfo> check_file(const std::filesystem::path& file) const;
  Result<void> load(std::string_view module);
  Result<UnloadOutcome> unload(std::string_view module, std::chrono::milliseconds grace);
  // The new file is loaded at once, so that a bad one leaves the old one running (the error says
  // why).
  Result<void> reload(std::string_view module);
  // A file that would be refused for another reason than trust is not recorded.
  Result<Kernel::Trusted> trust(const std::filesystem::path& file);

  // emit/1: offers or hides an action ("tool.action"), prompt or resource of a module.
  Result<void> offer(std::string_view module, int kind, std::string_view name, bool on);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace dockerhub
