#include "fake_host.hpp"

#include <algorithm>
#include <cstring>

namespace {

std::string copy(dh_str text) {
  return text.size == 0 ? "" : std::string(text.data, text.size);
}
dh_str str(const std::string& text) {
  return {text.data(), text.size()};
}

const void* extension(const dh_host* host, dh_str id) {
  auto& fake = *static_cast<FakeHost*>(host->kernel);
  const std::string name = copy(id);
  if (fake.missing.count(name) != 0) return nullptr;
  const std::map<std::string, const void*> tables = {
      {DH_CALL_1, &fake.call_1},     {DH_ASK_1, &fake.ask_1},         {DH_HTTP_1, &fake.http_1},
      {DH_CONFIG_1, &fake.config_1}, {DH_LOG_1, &fake.log_1},         {DH_EMIT_1, &fake.emit_1},
      {DH_DIGEST_1, &fake.digest_1}, {DH_CATALOG_1, &fake.catalog_1}, {DH_KEPT_1, &fake.kept_1}};
  const auto found = tables.find(name);
  return found == tables.end() ? nullptr : found->second;
}

dh_status add(std::vector<std::string>& list, const std::string& line) {
  list.push_back(line);
  return DH_OK;
}

void fill_call(dh_call_1& table) {
  table.size = sizeof(table);
  table.params = [](dh_call* call, dh_str* json) -> dh_status {
    *json = str(FakeHost::of(call).params);
    return DH_OK;
  };
  table.answer = [](dh_call* call, dh_str json) {
    return add(FakeHost::of(call).answered, copy(json));
  };
  table.item = [](dh_call* call, dh_str json) {
    FakeHost& fake = FakeHost::of(call);
    if (fake.item_status != DH_OK) return fake.item_status;
    return add(fake.items, copy(json));
  };
  table.content = [](dh_call* call, const dh_content* part) {
    const std::string data(static_cast<const char*>(part->data.data), part->data.size);
    return add(FakeHost::of(call).parts, std::to_string(part->kind) + "|" + copy(part->text) + "|" +
                                             data + "|" + copy(part->media_type) + "|" +
                                             copy(part->uri) + "|" + copy(part->name));
  };
  table.annotate = [](dh_call* call, dh_str key, dh_str json) {
    return add(FakeHost::of(call).annotations, copy(key) + "=" + copy(json));
  };
  table.warn = [](dh_call* call, dh_str text) {
    FakeHost& fake = FakeHost::of(call);
    fake.warnings.push_back(copy(text));
    return fake.warn_status;
  };
  table.fail = [](dh_call* call, const dh_error* error) -> dh_status {
    FakeHost& fake = FakeHost::of(call);
    fake.error_type = copy(error->type);
    fake.error_message = copy(error->message);
    fake.error_hint = copy(error->hint);
    fake.error_status_code = error->status_code;
    fake.error_retry_after_ms = error->retry_after_ms;
    return DH_E_FAILED;
  };
  table.progress = [](dh_call* call, dh_str id, uint64_t done, uint64_t total, dh_str unit,
                      dh_str) {
    return add(FakeHost::of(call).progress,
               copy(id) + ":" + std::to_string(done) + "/" + std::to_string(total) + copy(unit));
  };
  table.dry_run = [](dh_call* call) -> int32_t { return FakeHost::of(call).dry ? 1 : 0; };
  table.pause = [](dh_call* call, uint32_t milliseconds) -> dh_status {
    FakeHost::of(call).waits.push_back(milliseconds);
    return DH_OK;
  };
  table.caller = [](dh_call* call, dh_str* json) -> dh_status {
    *json = str(FakeHost::of(call).capabilities);
    return DH_OK;
  };
}

void fill_ask(dh_ask_1& table) {
  table.size = sizeof(table);
  table.approve = [](dh_call* call, int32_t effect, dh_str text, dh_str target) {
    return add(FakeHost::of(call).questions,
               std::to_string(effect) + ":" + copy(text) + ":" + copy(target));
  };
  table.input = [](dh_call* call, dh_str key, dh_str request, dh_str* answer) -> dh_status {
    FakeHost& fake = FakeHost::of(call);
    fake.questions.push_back(copy(request));
    const auto found = fake.answers.find(copy(key));
    if (found == fake.answers.end()) return DH_SUSPENDED;
    *answer = str(found->second);
    return DH_OK;
  };
}

void fill_catalog(dh_catalog_1& table) {
  table.size = sizeof(table);
  table.offered = [](dh_call* call, dh_str tool, dh_str action) -> dh_status {
    const bool hidden = FakeHost::of(call).hidden.count(copy(tool) + "." + copy(action)) != 0;
    return hidden ? DH_E_NOT_FOUND : DH_OK;
  };
  table.call = [](dh_call* call, dh_str tool, dh_str action, dh_str params, dh_str,
                  dh_str* envelope) -> dh_status {
    FakeHost& fake = FakeHost::of(call);
    fake.requests.push_back(copy(tool) + "." + copy(action) + " " + copy(params));
    *envelope = str(fake.envelope);
    return fake.catalog_status;
  };
}

void fill_http(dh_http_1& table) {
  table.size = sizeof(table);
  table.open = [](dh_call* call, const dh_request* request, dh_handle* exchange) -> dh_status {
    FakeHost& fake = FakeHost::of(call);
    fake.requests.push_back(copy(request->method) + " " + copy(request->surface) + " " +
                            copy(request->path) + " " + copy(request->path_params) + " " +
                            copy(request->query));
    *exchange = fake.requests.size();
    ++fake.open_handles;
    return DH_OK;
  };
  table.finish = [](dh_call* call, dh_handle, dh_response* response) -> dh_status {
    response->status_code = 200;
    response->content_length = static_cast<int64_t>(FakeHost::of(call).response_body.size());
    return DH_OK;
  };
  table.read = [](dh_call* call, dh_handle, void* buffer, size_t capacity,
                  size_t* got) -> dh_status {
    std::string& rest = FakeHost::of(call).response_body;
    if (rest.empty()) return DH_END;
    *got = std::min({capacity, rest.size(), std::size_t{3}});
    std::memcpy(buffer, rest.data(), *got);
    rest.erase(0, *got);
    return DH_OK;
  };
  table.wait = [](dh_call* call, const dh_handle* exchanges, size_t count, uint32_t milliseconds,
                  dh_handle* ready) -> dh_status {
    FakeHost::of(call).waits.push_back(milliseconds);
    *ready = exchanges[count - 1];
    return DH_OK;
  };
  table.close = [](dh_call* call, dh_handle) -> dh_status {
    --FakeHost::of(call).open_handles;
    return DH_OK;
  };
}

void fill_digest(dh_digest_1& table) {
  table.size = sizeof(table);
  table.open = [](dh_call* call, dh_str algorithm, dh_handle* digest) -> dh_status {
    if (copy(algorithm) != "sha256") return DH_E_UNSUPPORTED;
    *digest = 1;
    ++FakeHost::of(call).open_handles;
    return DH_OK;
  };
  table.close = [](dh_call* call, dh_handle) -> dh_status {
    --FakeHost::of(call).open_handles;
    return DH_OK;
  };
}

// One record at a time.
void fill_kept(dh_kept_1& table) {
  table.size = sizeof(table);
  table.open = [](dh_call* call, dh_str name, dh_handle* record) -> dh_status {
    FakeHost& fake = FakeHost::of(call);
    if (!fake.held.empty()) return DH_E_EXISTS;
    fake.held = copy(name);
    *record = 1;
    ++fake.open_handles;
    return DH_OK;
  };
  table.read = [](dh_call* call, dh_handle, dh_bytes* value) -> dh_status {
    FakeHost& fake = FakeHost::of(call);
    const auto found = fake.kept.find(fake.held);
    if (found == fake.kept.end()) return DH_E_NOT_FOUND;
    *value = {found->second.data(), found->second.size()};
    return DH_OK;
  };
  table.write = [](dh_call* call, dh_handle, dh_bytes value, uint32_t seconds) -> dh_status {
    FakeHost& fake = FakeHost::of(call);
    fake.kept[fake.held].assign(static_cast<const char*>(value.data), value.size);
    fake.times.push_back(seconds);
    return DH_OK;
  };
  table.remove = [](dh_call* call, dh_handle) -> dh_status {
    FakeHost& fake = FakeHost::of(call);
    fake.kept.erase(fake.held);
    return DH_OK;
  };
  table.close = [](dh_call* call, dh_handle) -> dh_status {
    FakeHost& fake = FakeHost::of(call);
    fake.held.clear();
    --fake.open_handles;
    return DH_OK;
  };
}

FakeHost& kernel_of(const dh_host* host) {
  return *static_cast<FakeHost*>(host->kernel);
}

void fill_host_tables(FakeHost& fake) {
  fake.config_1.size = sizeof(fake.config_1);
  fake.config_1.get = [](const dh_host* host, dh_str key, dh_str* json) -> dh_status {
    const auto found = kernel_of(host).settings.find(copy(key));
    if (found == kernel_of(host).settings.end()) return DH_E_NOT_FOUND;
    *json = str(found->second);
    return DH_OK;
  };
  fake.log_1.size = sizeof(fake.log_1);
  fake.log_1.write = [](const dh_host* host, int32_t level, dh_str text) {
    kernel_of(host).log.push_back(std::to_string(level) + ":" + copy(text));
  };
  fake.emit_1.size = sizeof(fake.emit_1);
  fake.emit_1.changed = [](const dh_host* host, int32_t kind, dh_str name) {
    return add(kernel_of(host).emitted, std::to_string(kind) + ":" + copy(name));
  };
}

}  // namespace

FakeHost::FakeHost() {
  host.size = sizeof(host);
  host.abi_major = DH_ABI_MAJOR;
  host.abi_minor = DH_ABI_MINOR;
  host.kernel = this;
  host.extension = &extension;
  fill_call(call_1);
  fill_ask(ask_1);
  fill_catalog(catalog_1);
  fill_http(http_1);
  fill_digest(digest_1);
  fill_kept(kept_1);
  fill_host_tables(*this);
}

dh_status FakeHost::run(const dh_entry& entry, std::string_view tool, std::string_view action) {
  dh_module* module = nullptr;
  const dh_status created = entry.create(&host, &module);
  if (created != DH_OK) return created;
  const dh_str id = {DH_TOOLS_1, sizeof(DH_TOOLS_1) - 1};
  const auto* tools = static_cast<const dh_tools_1*>(entry.extension(module, id));
  const dh_status status =
      tools->invoke(module, call(), {tool.data(), tool.size()}, {action.data(), action.size()});
  entry.destroy(module);
  return status;
}
