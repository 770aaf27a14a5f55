#include "modules/module_table.hpp"

#include <algorithm>

#include "modules/module_error.hpp"
#include "modules/table_impl.hpp"

namespace dockerhub {

ModuleTable::Impl::Impl(Options given) : options(std::move(given)) {
  current = make_snapshot(slots, version);
}

Result<TrustRecords> ModuleTable::Impl::trust_records() const {
  Result<TrustRecords> records = TrustRecords::read(options.trust_file);
  if (!records && options.log) options.log(LogLevel::warning, records.error().message);
  return records;
}

ModuleTable::Impl::SlotPointer ModuleTable::Impl::look_at(const FoundFile& found,
                                                          const Result<TrustRecords>& trust) const {
  return examine(found, {options.host_extensions, options.features, trust});
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
  return carries && slot.file != nullptr && slot.file->unchanged();
}

Result<void> ModuleTable::Impl::rescan() {
  const Result<TrustRecords> trust = trust_records();
  for (;;) {
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
      if (old == before.end()) fresh.push_back(look_at(found, trust));
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
      tell(kinds);
      return {};
    }
  }
}

namespace {

bool is_in(const Slots& slots, const std::shared_ptr<Slot>& slot) {
  return std::find(slots.begin(), slots.end(), slot) != slots.end();
}

bool has_file(const Slots& slots, const std::filesystem::path& found_as) {
  return std::any_of(slots.begin(), slots.end(),
                     [&](const auto& slot) { return slot->found_as == found_as; });
}

bool is_gone(const std::shared_future<bool>& left) {
  return !left.valid() || left.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
}

// What was examined again and is as before is no change.
bool same_offer(const Slots& slots, const Slot& slot) {
  return std::any_of(slots.begin(), slots.end(), [&](const auto& other) {
    return other->offered() && other->manifest_text == slot.manifest_text &&
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
    if (!is_gone(slot->left)) now.push_back(slot);
  }
  slots = std::move(now);
  if (!kinds.empty() || version == 0) renew_snapshot();
  return leaving;
}

ModuleTable::Impl::SlotPointer ModuleTable::Impl::find(std::string_view module) const {
  SlotPointer refused;
  for (const SlotPointer& slot : slots) {
    if (slot->vanished || slot->info.name != module) continue;
    if (slot->info.state != ModuleState::refused) return slot;
    if (refused == nullptr || slot->info.place == kInstalled) refused = slot;
  }
  return refused;
}

Result<ModuleTable::Impl::SlotPointer> ModuleTable::Impl::need(std::string_view module) const {
  if (SlotPointer slot = find(module)) return slot;
  std::vector<std::string> known;
  for (const SlotPointer& slot : slots) known.push_back(slot->info.name);
  const std::string meant = likely(module, known);
  return refuse_manifest("there is no module `" + visible(module) + "`",
                         meant.empty() ? "See what was found: dockerhub plugin list"
                                       : "Did you mean `" + meant + "`?");
}

void ModuleTable::Impl::renew_snapshot() {
  current = make_snapshot(slots, ++version);
}

ModuleInfo ModuleTable::Impl::describe(const Slot& slot) const {
  ModuleInfo info = slot.info;
  if (slot.instance != nullptr) {
    info.state = ModuleState::loaded;
  } else if (slot.failure) {
    info.state = ModuleState::refused;
    info.reason = slot.failure->message;
  } else if (!is_gone(slot.left)) {
    info.state = ModuleState::draining;
    info.reason = "unloaded; calls that began before still run";
  } else if (slot.withdrawn) {
    info.reason =
        !slot.left.valid() || slot.left.get() ? "unloaded" : "unloaded; its library is pinned";
  }
  return info;
}

void ModuleTable::Impl::tell(const ChangeKinds& kinds) const {
  if (!options.changed) return;
  for (const Change::Kind kind : kinds) options.changed(Change{kind, {}});
}

ModuleTable::ModuleTable(Options options) : impl_(std::make_unique<Impl>(std::move(options))) {}

ModuleTable::~ModuleTable() = default;

Result<void> ModuleTable::rescan() {
  return impl_->rescan();
}

std::shared_ptr<const ModuleTable::Snapshot> ModuleTable::snapshot() const {
  const std::lock_guard lock(impl_->mutex);
  return impl_->current;
}

Result<std::shared_ptr<Instance>> ModuleTable::acquire(std::string_view module) {
  return impl_->acquire(module);
}

Result<void> ModuleTable::load(std::string_view module) {
  return impl_->load(module);
}

Result<UnloadOutcome> ModuleTable::unload(std::string_view module,
                                          std::chrono::milliseconds grace) {
  return impl_->unload(module, grace);
}

Result<void> ModuleTable::reload(std::string_view module) {
  return impl_->reload(module);
}

std::vector<ModuleInfo> ModuleTable::list() const {
  std::vector<ModuleInfo> infos;
  std::vector<std::shared_ptr<const CheckedFile>> files;
  {
    const std::lock_guard lock(impl_->mutex);
    for (const auto& slot : impl_->slots) {
      if (slot->vanished && is_gone(slot->left)) continue;
      infos.push_back(impl_->describe(*slot));
      files.push_back(slot->file);
    }
  }
  for (std::size_t i = 0; i < infos.size(); ++i) {
    if (!infos[i].sha256.empty() || files[i] == nullptr) continue;
    infos[i].sha256 = files[i]->sha256().value_or(std::string());
  }
  return infos;
}

std::vector<std::string> ModuleTable::names() const {
  std::vector<std::string> names;
  const std::lock_guard lock(impl_->mutex);
  for (const auto& slot : impl_->slots) {
    if (!slot->vanished && !slot->info.name.empty()) names.push_back(slot->info.name);
  }
  return names;
}

Result<ModuleInfo> ModuleTable::check_file(const std::filesystem::path& file) const {
  std::error_code ignored;
  if (!std::filesystem::exists(file, ignored))
    return refuse_file(file, "cannot be found", "Check the path.");
  const auto slot =
      impl_->look_at({file, place_of(file, impl_->options.places)}, impl_->trust_records());
  if (auto admitted = impl_->admit(*slot); !admitted) return Failure(admitted.error());
  if (slot->file != nullptr && slot->info.sha256.empty()) {
    slot->info.sha256 = slot->file->sha256().value_or(std::string());
  }
  return slot->info;
}

Result<Kernel::Trusted> ModuleTable::trust(const std::filesystem::path& file) {
  const Result<TrustRecords> records = TrustRecords::read(impl_->options.trust_file);
  if (!records) return Failure(records.error());
  // As if it were the installation's: every check but the one that is answered here.
  const auto slot = impl_->look_at({file, kInstalled}, records);
  if (slot->info.state == ModuleState::refused) return Failure(refusal(*slot));
  slot->info.place = place_of(file, impl_->options.places);
  {
    const std::lock_guard lock(impl_->mutex);
    if (auto owner = installed_owner(impl_->slots, *slot))
      return refuse_file(slot->info.file, *owner);
  }
  Result<std::string> sha256 = slot->file->sha256();
  if (!sha256) return Failure(sha256.error());
  Kernel::Trusted trusted;
  trusted.module = slot->info;
  trusted.module.sha256 = *sha256;
  if (const TrustRecord* old = records->find(slot->info.file);
      old != nullptr && old->sha256 != *sha256) {
    trusted.changes = manifest_changes(old->manifest, slot->manifest_text);
  }
  auto recorded =
      TrustRecords::record(impl_->options.trust_file,
                           {slot->info.file, *sha256, slot->manifest->name, slot->manifest_text});
  if (!recorded) return Failure(recorded.error());
  return trusted;
}

Result<void> ModuleTable::offer(std::string_view module, int kind, std::string_view name, bool on) {
  ChangeKinds kinds;
  {
    const std::lock_guard lock(impl_->mutex);
    // While a reload runs create(), what that offers is about the new instance.
    const auto renewed = impl_->pending.find(module);
    const auto slot = renewed != impl_->pending.end() ? renewed->second : impl_->find(module);
    if (slot == nullptr || slot->manifest == nullptr || !declares(*slot->manifest, kind, name)) {
      return refuse_manifest("module `" + visible(module) + "` declares no `" + visible(name) + "`",
                             "Offer and hide only what the manifest states.");
    }
    const std::pair<int, std::string> row{kind, std::string(name)};
    const bool changed = on ? slot->hidden.erase(row) > 0 : slot->hidden.insert(row).second;
    if (!changed || renewed != impl_->pending.end() || !slot->offered()) return {};
    impl_->renew_snapshot();
    kinds.insert(kind == DH_KIND_ACTION   ? Change::Kind::tools
                 : kind == DH_KIND_PROMPT ? Change::Kind::prompts
                                          : Change::Kind::resources);
  }
  impl_->tell(kinds);
  return {};
}

}  // namespace dockerhub
