#include <algorithm>

#include "base/json.hpp"
#include "host/host.hpp"
#include "surfaces/surfaces.hpp"

namespace dockerhub {
namespace {

dh_status lend(HostState& state, const std::string& key, std::string_view text, dh_str* json) {
  const std::lock_guard lock(state.mutex);
  // The configuration does not change, so the first text stays the right one.
  const std::string& kept = state.setting_texts.try_emplace(key, text).first->second;
  *json = {kept.data(), kept.size()};
  return DH_OK;
}

dh_status get_setting(HostState& state, std::string_view key, dh_str* json) {
  const auto row = std::find_if(state.settings.begin(), state.settings.end(),
                                [&](const ModuleSetting& setting) { return setting.key == key; });
  if (row == state.settings.end()) return DH_E_NOT_FOUND;
  if (row->secret) return DH_E_REFUSED;
  const auto value = state.services.configuration.impl().module_setting(state.module, *row);
  if (!value) return DH_E_FAILED;
  return lend(state, row->key,
              value->value_or(row->default_json.empty() ? "null" : row->default_json), json);
}

// What any module may know of the kernel; nullopt for every other key.
std::optional<std::string> kernel_fact(const HostState& state, std::string_view key) {
  const Surfaces& surfaces = *state.services.surfaces;
  if (key == "kernel.registry.host") return json::quote(surfaces.registry_host());
  if (key == "kernel.registry.docker_hub")
    return surfaces.registry_is_docker_hub() ? "true" : "false";
  return std::nullopt;
}

dh_status get_setting(const dh_host* host, dh_str key, dh_str* json) {
  if (host == nullptr || json == nullptr) return DH_E_INVALID;
  try {
    HostState& state = state_of(host);
    if (const auto fact = kernel_fact(state, view(key)))
      return lend(state, std::string(view(key)), *fact, json);
    return get_setting(state, view(key), json);
  } catch (...) {
    return DH_E_FAILED;
  }
}

}  // namespace

const dh_config_1 kConfig1 = {sizeof(dh_config_1), 0, get_setting};

}  // namespace dockerhub
