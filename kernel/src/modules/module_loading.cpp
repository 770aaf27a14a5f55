// The life of a module's instance in the table: first use, unload, reload.
#include <algorithm>

#include "modules/module_error.hpp"
#include "modules/table_impl.hpp"

namespace dockerhub {
namespace {

Error not_usable(const Slot& slot, const std::string& cause, std::string hint) {
  return refuse_file(slot.info.file, "module " + slot.info.name + " " + cause, std::move(hint))
      .value();
}

// Why the module cannot be acquired now, or nullopt.
std::optional<Error> obstacle(const Slot& slot) {
  if (slot.failure) return slot.failure;
  if (slot.info.state == ModuleState::refused) return refusal(slot);
  if (slot.info.state == ModuleState::disabled) {
    return not_usable(slot, "is " + slot.info.reason, "Set the variable to 1 and start again.");
  }
  if (slot.withdrawn) {
    return not_usable(slot, "has been unloaded",
                      "Load it again: the operator's command for it is `load`.");
  }
  return std::nullopt;
}

UnloadOutcome outcome_of(const std::shared_future<bool>& left) {
  return left.get() ? UnloadOutcome::unmapped : UnloadOutcome::pinned;
}

bool is_ready(const std::shared_future<bool>& left, std::chrono::milliseconds within) {
  return left.wait_for(within) == std::future_status::ready;
}

}  // namespace

Slot::Loaded ModuleTable::Impl::make_instance(const Slot& slot, Library::Source source) {
  // Whoever waits for this load must get an answer, also when memory runs out.
  try {
    auto library = Library::open(*slot.file, slot.info.sha256, source, copies);
    if (!library) return Failure(library.error());
    return Instance::create(std::move(*library), slot.manifest, options.make_host);
  } catch (const std::exception& thrown) {
    return refuse_file(slot.info.file, std::string("cannot be loaded: ") + thrown.what());
  }
}

Slot::Loaded ModuleTable::Impl::acquire(std::string_view module) {
  std::promise<Slot::Loaded> promise;
  std::shared_future<Slot::Loaded> others;
  SlotPointer slot;
  {
    const std::lock_guard lock(mutex);
    auto found = need(module);
    if (!found) return Failure(found.error());
    slot = std::move(*found);
    if (auto problem = obstacle(*slot)) return Failure(std::move(*problem));
    if (slot->instance != nullptr) return slot->instance;
    if (slot->loading) {
      others = *slot->loading;
    } else {
      slot->loading = promise.get_future().share();
    }
  }
  return others.valid() ? others.get() : load_first(slot, promise);
}

Slot::Loaded ModuleTable::Impl::load_first(const SlotPointer& slot,
                                           std::promise<Slot::Loaded>& promise) {
  Slot::Loaded loaded = make_instance(*slot, slot->source);
  ChangeKinds kinds;
  {
    const std::lock_guard lock(mutex);
    slot->loading.reset();
    if (!loaded) {
      const bool was_offered = slot->offered();
      slot->failure = loaded.error();
      if (was_offered) add_kinds(*slot->manifest, kinds);
      if (!kinds.empty()) renew_snapshot();
    } else if (!slot->withdrawn) {
      slot->instance = *loaded;
    }
  }
  promise.set_value(loaded);
  tell(kinds);
  return loaded;
}

Result<void> ModuleTable::Impl::load(std::string_view module) {
  bool withdrawn = false;
  {
    const std::lock_guard lock(mutex);
    const auto slot = need(module);
    if (!slot) return Failure(slot.error());
    withdrawn = (*slot)->withdrawn;
  }
  // The file may be another one by now.
  if (withdrawn) return reload(module);
  if (auto loaded = acquire(module); !loaded) return Failure(loaded.error());
  return {};
}

Result<UnloadOutcome> ModuleTable::Impl::unload(std::string_view module,
                                                std::chrono::milliseconds grace) {
  SlotPointer slot;
  std::optional<std::shared_future<Slot::Loaded>> loading;
  std::shared_ptr<Instance> instance;
  ChangeKinds kinds;
  {
    const std::lock_guard lock(mutex);
    auto found = need(module);
    if (!found) return Failure(found.error());
    slot = std::move(*found);
    if (auto problem = obstacle(*slot); problem && !slot->withdrawn)
      return Failure(std::move(*problem));
    if (!slot->withdrawn) add_kinds(*slot->manifest, kinds);
    slot->withdrawn = true;
    loading = slot->loading;
    instance = std::move(slot->instance);
    if (!kinds.empty()) renew_snapshot();
  }
  tell(kinds);
  // A first use that was on its way: its instance is nobody's but the callers' now.
  if (loading && loading->wait_for(grace) != std::future_status::ready)
    return UnloadOutcome::draining;
  if (loading && loading->get()) instance = *loading->get();
  loading.reset();
  return leave(*slot, std::move(instance), grace);
}

Result<UnloadOutcome> ModuleTable::Impl::leave(Slot& slot, std::shared_ptr<Instance> instance,
                                               std::chrono::milliseconds grace) {
  std::shared_future<bool> left;
  std::weak_ptr<Instance> leaving;
  {
    const std::lock_guard lock(mutex);
    if (instance != nullptr) {
      slot.left = instance->closed();
      slot.leaving = instance;
    }
    left = slot.left;
    leaving = slot.leaving;
  }
  instance.reset();
  if (!left.valid()) return UnloadOutcome::unmapped;
  if (is_ready(left, grace)) return outcome_of(left);
  if (const auto alive = leaving.lock()) alive->request_stop();
  return is_ready(left, grace) ? outcome_of(left) : UnloadOutcome::draining;
}

Result<ModuleTable::Impl::SlotPointer> ModuleTable::Impl::renew(const Slot& old) {
  SlotPointer fresh = look_at({old.found_as, old.info.place}, trust_records());
  if (auto admitted = admit(*fresh); !admitted) return Failure(admitted.error());
  if (auto problem = obstacle(*fresh)) return Failure(std::move(*problem));
  if (fresh->info.name != old.info.name) {
    return refuse_file(fresh->info.file,
                       "holds module " + fresh->info.name + " now, not " + old.info.name,
                       "Unload the old one and look at all places again.");
  }
  return fresh;
}

Result<void> ModuleTable::Impl::reload(std::string_view module) {
  const auto one_at_a_time = reload_mutex(module);
  const std::lock_guard reloading(*one_at_a_time);
  SlotPointer old;
  {
    const std::lock_guard lock(mutex);
    auto found = need(module);
    if (!found) return Failure(found.error());
    old = std::move(*found);
  }
  return replace(old);
}

// Another look, or the operator, may have come first.
Result<void> ModuleTable::Impl::reload_changed(std::string_view module) {
  const auto one_at_a_time = reload_mutex(module);
  const std::lock_guard reloading(*one_at_a_time);
  SlotPointer old;
  {
    const std::lock_guard lock(mutex);
    old = find(module);
    if (old == nullptr || old->instance == nullptr) return {};
  }
  return old->is_current() ? Result<void>() : replace(old);
}

Result<void> ModuleTable::Impl::replace(const SlotPointer& old) {
  auto fresh = renew(*old);
  if (!fresh) return Failure(fresh.error());
  {
    const std::lock_guard lock(mutex);
    if (auto taken = taken_by_others(slots, *old, **fresh)) {
      return refuse_file((*fresh)->info.file, *taken, "Unload the other module first.");
    }
    pending.insert_or_assign((*fresh)->info.name, *fresh);
  }
  // A copy, so that the file may be overwritten while it runs.
  Slot::Loaded loaded = make_instance(**fresh, Library::Source::copy);
  ChangeKinds kinds;
  std::shared_ptr<Instance> leaving;
  {
    const std::lock_guard lock(mutex);
    pending.erase((*fresh)->info.name);
    if (!loaded) return Failure(loaded.error());
    (*fresh)->instance = std::move(*loaded);
    if (auto put = put_in_place(old, *fresh, kinds); !put) {
      leaving = std::move((*fresh)->instance);
      return put;
    }
    leaving = std::move(old->instance);
  }
  leaving.reset();
  tell(kinds);
  return {};
}

void ModuleTable::Impl::renew_changed() {
  Slots in_use;
  {
    const std::lock_guard lock(mutex);
    for (const SlotPointer& slot : slots) {
      if (slot->instance != nullptr && !slot->vanished) in_use.push_back(slot);
    }
  }
  for (const SlotPointer& slot : in_use) {
    if (slot->is_current()) continue;
    const auto done = reload_changed(slot->info.name);
    if (done || !options.log) continue;
    options.log(LogLevel::warning,
                "module " + slot->info.name + " runs on as it was: " + done.error().message);
  }
}

Result<void> ModuleTable::Impl::put_in_place(const SlotPointer& old, const SlotPointer& fresh,
                                             ChangeKinds& kinds) {
  const auto place = std::find(slots.begin(), slots.end(), old);
  if (place == slots.end() || taken_by_others(slots, *old, *fresh)) {
    return refuse_file(fresh->info.file, "the modules changed while it was loaded", "Try again.");
  }
  if (!old->offered() || old->manifest_mark != fresh->manifest_mark ||
      old->hidden != fresh->hidden) {
    if (old->offered()) add_kinds(*old->manifest, kinds);
    add_kinds(*fresh->manifest, kinds);
  }
  old->withdrawn = true;
  *place = fresh;
  // Also for an equal manifest: calls run only what they were checked against, and know it by its address.
  renew_snapshot();
  return {};
}

std::shared_ptr<std::mutex> ModuleTable::Impl::reload_mutex(std::string_view module) {
  const std::lock_guard lock(mutex);
  auto& found = reload_mutexes[std::string(module)];
  if (found == nullptr) found = std::make_shared<std::mutex>();
  return found;
}

}  // namespace dockerhub
