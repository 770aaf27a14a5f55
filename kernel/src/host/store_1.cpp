#include "base/json.hpp"
#include "host/host.hpp"

namespace dockerhub {
namespace {

struct OpenStore : CallHandle {
  explicit OpenStore(std::unique_ptr<Store> bound) : store(std::move(bound)) {}
  std::unique_ptr<Store> store;
  std::string names;  // lent by list()
};

struct OpenEntry : CallHandle {
  explicit OpenEntry(std::unique_ptr<Store::Entry> opened) : entry(std::move(opened)) {}
  std::unique_ptr<Store::Entry> entry;
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
    *store = running.add(std::make_unique<OpenStore>(std::move(*bound)));
    return DH_OK;
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

dh_status keep_entry(RunningCall& running, Result<std::unique_ptr<Store::Entry>> opened,
                     dh_handle* entry) {
  if (!opened) return failed(running, opened.error());
  *entry = running.add(std::make_unique<OpenEntry>(std::move(*opened)));
  return DH_OK;
}

dh_status open_entry(dh_call* call, dh_handle store, dh_str name, dh_handle* entry,
                     uint64_t* size) {
  return guarded(call, [&](RunningCall& running) -> dh_status {
    OpenStore* const found = running.find<OpenStore>(store);
    if (found == nullptr) return wrong_handle(running);
    const dh_status status = keep_entry(running, found->store->open(view(name)), entry);
    if (status == DH_OK) *size = running.find<OpenEntry>(*entry)->entry->size();
    return status;
  });
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
    if (found == nullptr) return wrong_handle(running);
    if (running.frame().dry_run) return DH_E_DRY_RUN;
    return keep_entry(running, found->store->create(view(name)), entry);
  });
}

dh_status write(dh_call* call, dh_handle entry, dh_bytes bytes) {
  return guarded(call, [&](RunningCall& running) -> dh_status {
    OpenEntry* const found = running.find<OpenEntry>(entry);
    if (found == nullptr) return wrong_handle(running);
    const auto written = found->entry->write(view(bytes));
    return written ? static_cast<dh_status>(DH_OK) : failed(running, written.error());
  });
}

dh_status commit(dh_call* call, dh_handle entry) {
  return guarded(call, [&](RunningCall& running) -> dh_status {
    OpenEntry* const found = running.find<OpenEntry>(entry);
    if (found == nullptr) return wrong_handle(running);
    const auto committed = found->entry->commit();
    running.remove(entry);
    return committed ? static_cast<dh_status>(DH_OK) : failed(running, committed.error());
  });
}

dh_status remove(dh_call* call, dh_handle store, dh_str name) {
  return guarded(call, [&](RunningCall& running) -> dh_status {
    OpenStore* const found = running.find<OpenStore>(store);
    if (found == nullptr) return wrong_handle(running);
    if (running.frame().dry_run) return DH_E_DRY_RUN;
    const auto removed = found->store->remove(view(name));
    return removed ? static_cast<dh_status>(DH_OK) : failed(running, removed.error());
  });
}

dh_status close(dh_call* call, dh_handle handle) {
  return guarded(call, [&](RunningCall& running) {
    running.remove(handle);
    return DH_OK;
  });
}

}  // namespace

const dh_store_1 kStore1 = {
    sizeof(dh_store_1), 0, open, list, open_entry, read_at, create, write, commit, remove, close};

}  // namespace dockerhub
