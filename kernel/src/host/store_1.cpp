#include "base/json.hpp"
#include "call/redact.hpp"
#include "host/host.hpp"

namespace dockerhub {
namespace {

struct OpenStore : CallHandle {
  OpenStore(std::shared_ptr<Store> bound, bool may_write)
      : store(std::move(bound)), writable(may_write) {}
  std::shared_ptr<Store> store;
  bool writable;
  std::string names;  // lent by list()
};

// Keeps its store: handles may be closed in any order.
struct OpenEntry : CallHandle {
  OpenEntry(std::shared_ptr<Store> of, std::unique_ptr<Store::Entry> opened, bool may_write,
            SecretScan of_call)
      : store(std::move(of)),
        entry(std::move(opened)),
        writable(may_write),
        scan(std::move(of_call)) {}
  std::shared_ptr<Store> store;
  std::unique_ptr<Store::Entry> entry;
  bool writable;
  SecretScan scan;  // of what is written
};

dh_status failed(RunningCall& running, const Error& error) {
  return running.fail(error, error.status_code == 404 ? DH_E_NOT_FOUND : DH_E_FAILED);
}

dh_status wrong_handle(RunningCall& running) {
  return running.invalid("store/1: no such handle");
}

const Parameter* store_parameter(const RunningCall& running, std::string_view name) {
  const Action* row = running.frame().row;
  const Parameter* parameter = row == nullptr ? nullptr : row->find_parameter(name);
  return parameter != nullptr && parameter->type == ParameterType::store ? parameter : nullptr;
}

dh_status not_bound(RunningCall& running, const std::string& parameter) {
  Error error;
  error.kind = ErrorKind::unsupported;
  error.parameter = parameter;
  error.message =
      "'" + parameter + "' is content on the caller's side, and this frontend cannot bind any";
  error.hint = "Use the command line for this action.";
  return running.fail(std::move(error), DH_E_UNSUPPORTED);
}

dh_status open(dh_call* call, dh_str parameter, int32_t writable, dh_handle* store) {
  return guarded(call, [&](RunningCall& running) -> dh_status {
    const Parameter* row = store_parameter(running, view(parameter));
    if (row == nullptr) return running.invalid("store/1: no parameter of type store has that name");
    const auto& bind = running.frame().caller.store;
    if (!bind) return not_bound(running, row->name);
    const auto params = json::parse(running.frame().params);
    const std::string value(params ? json::text_of(*params, row->name) : std::string_view());
    auto bound = bind(row->name, value, writable != 0);
    if (!bound) return failed(running, bound.error());
    *store = running.add(std::make_unique<OpenStore>(std::move(*bound), writable != 0));
    return *store == 0 ? too_many_handles(running) : DH_OK;
  });
}

dh_status list(dh_call* call, dh_handle store, dh_str prefix, dh_str after, dh_str* names) {
  return guarded(call, [&](RunningCall& running) -> dh_status {
    OpenStore* const found = running.find<OpenStore>(store);
    if (found == nullptr) return wrong_handle(running);
    const auto listed = found->store->list(view(prefix), view(after));
    if (!listed) return failed(running, listed.error());
    json::Buffer buffer;
    json::Writer writer(buffer);
    writer.StartArray();
    for (const std::string& name : *listed) json::put(writer, name);
    writer.EndArray();
    found->names.assign(buffer.GetString(), buffer.GetSize());
    *names = {found->names.data(), found->names.size()};
    return DH_OK;
  });
}

dh_status keep_entry(RunningCall& running, const OpenStore& store,
                     Result<std::unique_ptr<Store::Entry>> opened, bool writable,
                     dh_handle* entry) {
  if (!opened) return failed(running, opened.error());
  *entry = running.add(std::make_unique<OpenEntry>(store.store, std::move(*opened), writable,
                                                   running.redaction().scan()));
  return *entry == 0 ? too_many_handles(running) : DH_OK;
}

dh_status open_entry(dh_call* call, dh_handle store, dh_str name, dh_handle* entry,
                     uint64_t* size) {
  return guarded(call, [&](RunningCall& running) -> dh_status {
    OpenStore* const found = running.find<OpenStore>(store);
    if (found == nullptr) return wrong_handle(running);
    const dh_status status =
        keep_entry(running, *found, found->store->open(view(name)), false, entry);
    if (status == DH_OK) *size = running.find<OpenEntry>(*entry)->entry->size();
    return status;
  });
}

// DH_OK when this store may be changed now; the change counts as one from here on.
dh_status begin_change(RunningCall& running, const OpenStore* store) {
  if (store == nullptr) return wrong_handle(running);
  if (!store->writable) return running.invalid("store/1: the store was opened for reading only");
  if (running.effect() == Effect::read)
    return running.invalid("an action of effect read changed a store");
  if (running.suspended()) return DH_SUSPENDED;
  if (running.dry_run()) return DH_E_DRY_RUN;
  running.conversation().act();
  return DH_OK;
}

dh_status read_at(dh_call* call, dh_handle entry, uint64_t offset, void* buffer, size_t capacity,
                  size_t* got) {
  return guarded(call, [&](RunningCall& running) -> dh_status {
    OpenEntry* const found = running.find<OpenEntry>(entry);
    if (found == nullptr) return wrong_handle(running);
    const auto read = found->entry->read_at(offset, buffer, capacity);
    if (!read) return failed(running, read.error());
    *got = *read;
    return *read == 0 && capacity > 0 ? DH_END : DH_OK;
  });
}

dh_status create(dh_call* call, dh_handle store, dh_str name, dh_handle* entry) {
  return guarded(call, [&](RunningCall& running) -> dh_status {
    OpenStore* const found = running.find<OpenStore>(store);
    if (const dh_status status = begin_change(running, found); status != DH_OK) return status;
    return keep_entry(running, *found, found->store->create(view(name)), true, entry);
  });
}

OpenEntry* writable_entry(RunningCall& running, dh_handle entry) {
  OpenEntry* const found = running.find<OpenEntry>(entry);
  return found != nullptr && found->writable ? found : nullptr;
}

// What is stored is named by its digest: it leaves as it is, or not at all.
dh_status holds_a_secret(RunningCall& running) {
  return running.fail(withheld("content for the store"), DH_E_FAILED);
}

dh_status write(dh_call* call, dh_handle entry, dh_bytes bytes) {
  return guarded(call, [&](RunningCall& running) -> dh_status {
    OpenEntry* const found = writable_entry(running, entry);
    if (found == nullptr) return wrong_handle(running);
    if (!found->scan.take(view(bytes))) return holds_a_secret(running);
    const auto written = found->entry->write(view(bytes));
    return written ? DH_OK : failed(running, written.error());
  });
}

dh_status commit(dh_call* call, dh_handle entry) {
  return guarded(call, [&](RunningCall& running) -> dh_status {
    OpenEntry* const found = writable_entry(running, entry);
    if (found == nullptr) return wrong_handle(running);
    const bool is_clean = found->scan.finish();
    const auto committed = is_clean ? found->entry->commit() : Result<void>();
    running.remove(entry);
    if (!is_clean) return holds_a_secret(running);
    return committed ? DH_OK : failed(running, committed.error());
  });
}

dh_status remove(dh_call* call, dh_handle store, dh_str name) {
  return guarded(call, [&](RunningCall& running) -> dh_status {
    OpenStore* const found = running.find<OpenStore>(store);
    if (const dh_status status = begin_change(running, found); status != DH_OK) return status;
    const auto removed = found->store->remove(view(name));
    return removed ? DH_OK : failed(running, removed.error());
  });
}

dh_status close_entry(dh_call* call, dh_handle handle) {
  return guarded(call, [&](RunningCall& running) {
    return running.remove(handle) ? static_cast<dh_status>(DH_OK) : wrong_handle(running);
  });
}

}  // namespace

const dh_store_1 kStore1 = {
    sizeof(dh_store_1), 0, open, list, open_entry, read_at, create, write, commit, remove,
    close_entry};

}  // namespace dockerhub
