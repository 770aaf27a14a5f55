// A module for the kernel whose work is done by another module's file in a process of its own. The manifest
// is the other's, so that the kernel sees no difference.
#include <dockerhub/abi.h>

#include <memory>
#include <string_view>

#include "remote_module.hpp"
#include "sanitizer_options.hpp"

// MANIFEST_FILE, MODULE_FILE and HOST_PROGRAM are the build's.
asm(".pushsection " DH_MANIFEST_SECTION ",\"a\"\n.incbin \"" MANIFEST_FILE "\"\n.popsection");

using dockerhub::plugin_host::RemoteModule;
using dockerhub::plugin_host::sanitizer_options;

struct dh_module {
  std::unique_ptr<RemoteModule> remote;
};

namespace {

dh_str text(std::string_view view) {
  return {view.data(), view.size()};
}

dh_status create(const dh_host* host, dh_module** module) {
  auto remote = RemoteModule::start(host, {HOST_PROGRAM, MODULE_FILE, sanitizer_options()});
  if (remote) {
    *module = new dh_module{std::move(*remote)};
    return DH_OK;
  }
  const auto* log = static_cast<const dh_log_1*>(host->extension(host, text(DH_LOG_1)));
  if (log != nullptr) log->write(host, DH_LOG_ERROR, text(remote.error()));
  return DH_E_FAILED;
}

void destroy(dh_module* module) {
  delete module;
}

dh_status invoke(dh_module* module, dh_call* call, dh_str tool, dh_str action) {
  return module->remote->invoke(call, tool, action);
}
dh_status read_resource(dh_module* module, dh_call* call, dh_str uri) {
  return module->remote->read(call, uri);
}
dh_status watch(dh_module* module, dh_call* call, dh_str uri, int32_t on) {
  return module->remote->watch(call, uri, on);
}
dh_status get_prompt(dh_module* module, dh_call* call, dh_str name, dh_str arguments) {
  return module->remote->get(call, name, arguments);
}
dh_status complete(dh_module* module, dh_call* call, dh_str request) {
  return module->remote->complete(call, request);
}
dh_status check(dh_module* module, dh_call* call) {
  return module->remote->check(call);
}

constexpr dh_tools_1 kTools = {sizeof(dh_tools_1), 0, invoke};
constexpr dh_resources_1 kResources = {sizeof(dh_resources_1), 0, read_resource, watch};
constexpr dh_prompts_1 kPrompts = {sizeof(dh_prompts_1), 0, get_prompt};
constexpr dh_complete_1 kComplete = {sizeof(dh_complete_1), 0, complete};
constexpr dh_health_1 kHealth = {sizeof(dh_health_1), 0, check};

struct Row {
  std::string_view id;
  const void* table;
};
constexpr Row kRows[] = {{DH_TOOLS_1, &kTools},
                         {DH_RESOURCES_1, &kResources},
                         {DH_PROMPTS_1, &kPrompts},
                         {DH_COMPLETE_1, &kComplete},
                         {DH_HEALTH_1, &kHealth}};

const void* extension(dh_module* module, dh_str id) {
  const std::string_view wanted(id.data, id.size);
  for (const Row& row : kRows) {
    if (row.id == wanted && module->remote->offers(wanted)) return row.table;
  }
  return nullptr;
}

}  // namespace

extern "C" {
extern DH_EXPORT const dh_entry dockerhub_module_entry;
const dh_entry dockerhub_module_entry = {DH_MAGIC, sizeof(dh_entry), DH_ABI_MAJOR, DH_ABI_MINOR,
                                         create,   destroy,          extension};
}
