// What a table finds at its places, and how that changes what it has.
#include <algorithm>

#include "modules/table_impl.hpp"

namespace dockerhub {
namespace {

bool is_in(const Slots& slots, const std::shared_ptr<Slot>& slot) {
  return std::find(slots.begin(), slots.end(), slot) != slots.end();
}

bool has_file(const Slots& slots, const std::filesystem::path& found_as) {
  return std::any_of(slots.begin(), slots.end(),
                     [&](const auto& slot) { return slot->found_as == found_as; });
}

// What was examined again and is as before is no change.
bool same_offer(const Slots& slots, const Slot& slot) {
  return std::any_of(slots.begin(), slots.end(), [&](const auto& other) {
    return other->offered() && other->manifest_mark == slot.manifest_mark &&
           other->hidden == slot.hidden;
  });
}

void add_changes(const Slots& from, const Slots& to, ChangeKinds& kinds) {
  for (const auto& slot : to) {
    if (slot->offered() && !is_in(from, slot) && !same_offer(from, *slot))
      add_kinds(*slot->manifest, kinds);
  }
}

}  // namespace

Result<TrustRecords> ModuleTable::Impl::trust_records() const {
  Result<TrustRecords> records = TrustRecords::read(options.trust_file);
  if (!records && options.log) options.log(LogLevel::warning, records.error().message);
  return records;
}

ModuleTable::Impl::SlotPointer ModuleTable::Impl::look_at(const FoundFile& found,
                                                          const Result<TrustRecords>& trust,
                                                          Scan& scan) const {
  return examine(found, {options.host_extensions, options.features, trust, scan.folders,
                         scan.known ? &*scan.known : nullptr});
}

ModuleTable::Impl::SlotPointer ModuleTable::Impl::look_at(const FoundFile& found,
                                                          const Result<TrustRecords>& trust) const {
  Scan alone;
  return look_at(found, trust, alone);
}

Result<void> ModuleTable::Impl::admit(Slot& slot) const {
  if (slot.info.state == ModuleState::refused) return {};
  const std::vector<std::string>& variables = slot.manifest->toggles;
  if (options.toggle && !variables.empty()) {
    const Result<bool> on = options.toggle(variables);
    if (!on) return Failure(on.error());
    if (!*on) {
      slot.info.state = ModuleState::disabled;
      slot.info.reason = "switched off by " + variables.front();
      return {};
    }
  }
  if (!options.accept) return {};
  if (auto accepted = options.accept(*slot.manifest); !accepted)
    refuse(slot, accepted.error().message);
  return {};
}

// A file that is still the one that was examined keeps its slot where that carries more than the
// examination did; all others are looked at again, since trust and permissions may have changed.
bool ModuleTable::Impl::keep(const Slot& slot, const FoundFile& found) const {
  if (slot.vanished || slot.found_as != found.path) return false;
  const std::lock_guard lock(mutex);
  if (slot.instance != nullptr || slot.loading || slot.left.valid()) return true;
  const bool carries = slot.failure || slot.withdrawn || !slot.hidden.empty();
  return carries && slot.is_current();
}

Result<void> ModuleTable::Impl::rescan() {
  const Result<TrustRecords> trust = trust_records();
  for (;;) {
    Scan scan;
    scan.known.emplace(options.known_manifests);
    Slots before;
    {
      const std::lock_guard lock(mutex);
      before = slots;
    }
    Slots now;
    Slots fresh;
    for (const FoundFile& found : find_module_files(options.places)) {
      const auto old = std::find_if(before.begin(), before.end(),
                                    [&](const SlotPointer& slot) { return keep(*slot, found); });
      if (old == before.end()) fresh.push_back(look_at(found, trust, scan));
      now.push_back(old == before.end() ? fresh.back() : *old);
    }
    refuse_taken_names(now, fresh);
    for (const SlotPointer& slot : fresh) {
      if (auto admitted = admit(*slot); !admitted) return admitted;
    }
    ChangeKinds kinds;
    // The instances that leave end here, without the mutex: their destroy() is foreign code.
    if (auto leaving = replace_all(before, std::move(now), kinds)) {
      leaving->clear();
      scan.known->keep();
      tell(kinds);
      return {};
    }
  }
}

std::optional<std::vector<std::shared_ptr<Instance>>> ModuleTable::Impl::replace_all(
    const Slots& before, Slots now, ChangeKinds& kinds) {
  std::vector<std::shared_ptr<Instance>> leaving;
  const std::lock_guard lock(mutex);
  // A reload came in between, or a first use has loaded what was to be replaced: look again.
  if (slots != before) return std::nullopt;
  for (const SlotPointer& slot : before) {
    const bool in_use = slot->instance != nullptr || slot->loading;
    if (in_use && !is_in(now, slot) && has_file(now, slot->found_as)) return std::nullopt;
  }
  add_changes(before, now, kinds);
  add_changes(now, before, kinds);
  for (const SlotPointer& slot : before) {
    if (is_in(now, slot)) continue;
    if (slot->instance != nullptr) {
      slot->left = slot->instance->closed();
      slot->leaving = slot->instance;
      leaving.push_back(std::move(slot->instance));
    }
    slot->withdrawn = true;
    slot->vanished = true;
    if (!slot->is_gone()) now.push_back(slot);
  }
  slots = std::move(now);
  renew_snapshot();
  return leaving;
}

}  // namespace dockerhub
