// One module file of a ModuleTable and what became of it. A plain record: made by examine(), then
// owned by the table, whose mutex guards everything that changes.
#pragma once

#include <chrono>
#include <cstdint>
#include <future>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "dockerhub/kernel.hpp"
#include "modules/checked_file.hpp"
#include "modules/instance.hpp"
#include "modules/manifest.hpp"

namespace dockerhub {

struct Slot {
  using Loaded = Result<std::shared_ptr<Instance>>;

  // Set by examine() and the rules of names; not changed after the slot is in the table.
  ModuleInfo info;
  std::filesystem::path found_as;            // links not followed
  std::shared_ptr<const CheckedFile> file;   // none when refused
  std::shared_ptr<const Manifest> manifest;  // none when it could not be read
  std::uint64_t manifest_mark = 0;           // manifest_mark() of its text
  Library::Source source = Library::Source::copy;

  // Guarded by the table's mutex.
  std::shared_ptr<Instance> instance;
  std::optional<std::shared_future<Loaded>> loading;  // by the one caller that loads
  std::optional<Error> failure;                       // of the load; the module is refused since
  std::set<std::pair<int, std::string>> hidden;       // by emit/1: kind and name
  bool withdrawn = false;                             // unloaded: not in the catalogue
  bool vanished = false;                              // its file is no longer there
  std::weak_ptr<Instance> leaving;                    // what was unloaded
  std::shared_future<bool> left;                      // its Instance::closed()

  // Nothing that was unloaded runs any more.
  bool is_gone() const {
    return !left.valid() || left.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
  }

  // What was found there leads to the file that was examined, which is as it was: a link may be moved.
  bool is_current() const;

  // Its rows are in the catalogue.
  bool offered() const { return info.state == ModuleState::not_loaded && !failure && !withdrawn; }
};

// Something that the manifest states, by a kind of emit/1 and its name there.
bool declares(const Manifest& manifest, int kind, std::string_view name);

}  // namespace dockerhub
