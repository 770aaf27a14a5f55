#include "modules/module_table.hpp"

#include <algorithm>

#include "modules/foreign_texts.hpp"
#include "modules/module_error.hpp"
#include "modules/table_impl.hpp"

namespace dockerhub {

ModuleTable::Impl::Impl(Options given) : options(std::move(given)) {
  current = make_snapshot(slots, version);
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
  } else if (!slot.is_gone()) {
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

void ModuleTable::shutdown() {
  std::vector<std::shared_ptr<Instance>> instances;
  {
    const std::lock_guard lock(impl_->mutex);
    for (const auto& slot : impl_->slots) {
      slot->withdrawn = true;
      if (slot->instance != nullptr) instances.push_back(std::move(slot->instance));
    }
    impl_->renew_snapshot();
  }
  // What their code asks at its end takes the mutex.
  instances.clear();
}

Result<void> ModuleTable::rescan() {
  if (auto looked = impl_->rescan(); !looked) return looked;
  impl_->renew_changed();
  return {};
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
      if (slot->vanished && slot->is_gone()) continue;
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
  if (slot->info.place != kInstalled) {
    Manifest manifest = *slot->manifest;
    if (auto shown = show_foreign_texts(manifest); !shown)
      return refuse_file(slot->info.file, shown.error().message, shown.error().hint);
  }
  {
    const std::lock_guard lock(impl_->mutex);
    if (auto owner = installed_owner(impl_->slots, *slot))
      return refuse_file(slot->info.file, *owner);
  }
  Result<std::string> sha256 = slot->file->sha256();
  if (!sha256) return Failure(sha256.error());
  const Result<std::string> text = read_manifest_text(slot->file->descriptor());
  if (!text) return Failure(text.error());
  // What is written down is what was looked at.
  if (auto same = slot->file->unchanged(); !same) return Failure(same.error());
  Kernel::Trusted trusted;
  trusted.module = slot->info;
  trusted.module.sha256 = *sha256;
  if (const TrustRecord* old = records->find(slot->info.file);
      old != nullptr && old->sha256 != *sha256) {
    trusted.changes = manifest_changes(old->manifest, *text);
  }
  auto recorded = TrustRecords::record(impl_->options.trust_file,
                                       {slot->info.file, *sha256, slot->manifest->name, *text});
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
