// What stands behind ModuleTable: the slots and the snapshot under one mutex, which is never held
// while a module's code runs, a file is read or a listener is told.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "modules/examine.hpp"
#include "modules/module_table.hpp"
#include "modules/name_rules.hpp"
#include "modules/private_copies.hpp"
#include "modules/snapshot.hpp"

namespace dockerhub {

struct ModuleTable::Impl {
  using SlotPointer = std::shared_ptr<Slot>;

  explicit Impl(Options given);

  // --- discovery (module_discovery.cpp)
  Result<TrustRecords> trust_records() const;
  // What one look at files shares among them.
  struct Scan {
    CheckedFolders folders;
    std::optional<KnownManifests> known;
  };
  SlotPointer look_at(const FoundFile& found, const Result<TrustRecords>& trust, Scan& scan) const;
  // The same of one file alone, with all checks anew.
  SlotPointer look_at(const FoundFile& found, const Result<TrustRecords>& trust) const;
  // Toggle and acceptance of a slot that is not refused; the error is a bad toggle value.
  Result<void> admit(Slot& slot) const;
  Result<void> rescan();
  bool keep(const Slot& slot, const FoundFile& found) const;
  std::optional<std::vector<std::shared_ptr<Instance>>> replace_all(const Slots& before, Slots now,
                                                                    ChangeKinds& kinds);

  // --- loading (module_loading.cpp)
  Slot::Loaded acquire(std::string_view module);
  Slot::Loaded load_first(const SlotPointer& slot, std::promise<Slot::Loaded>& promise);
  Slot::Loaded make_instance(const Slot& slot, Library::Source source);
  Result<void> load(std::string_view module);
  Result<UnloadOutcome> unload(std::string_view module, std::chrono::milliseconds grace);
  Result<void> reload(std::string_view module);
  void renew_changed();
  Result<void> reload_changed(std::string_view module);
  // With its reload_mutex() held.
  Result<void> replace(const SlotPointer& old);
  Result<UnloadOutcome> leave(Slot& slot, std::shared_ptr<Instance> instance,
                              std::chrono::milliseconds grace);
  Result<SlotPointer> renew(const Slot& old);
  Result<void> put_in_place(const SlotPointer& old, const SlotPointer& fresh, ChangeKinds& kinds);

  // --- to be called with the mutex held
  SlotPointer find(std::string_view module) const;
  Result<SlotPointer> need(std::string_view module) const;
  void renew_snapshot();
  ModuleInfo describe(const Slot& slot) const;

  // --- to be called without it
  void tell(const ChangeKinds& kinds) const;
  std::shared_ptr<std::mutex> reload_mutex(std::string_view module);

  const Options options;
  PrivateCopies copies;

  mutable std::mutex mutex;
  Slots slots;                                              // in the order of the places
  std::map<std::string, SlotPointer, std::less<>> pending;  // being created by reload(), by module
  std::map<std::string, std::shared_ptr<std::mutex>, std::less<>> reload_mutexes;
  std::shared_ptr<const Snapshot> current;
  std::uint64_t version = 0;
};

}  // namespace dockerhub
