#include "host/host.hpp"

namespace dockerhub {
namespace {

std::optional<Change> change_of(int32_t kind, std::string_view name) {
  switch (kind) {
    case DH_KIND_ACTION:
      return Change{Change::Kind::tools, {}};
    case DH_KIND_PROMPT:
      return Change{Change::Kind::prompts, {}};
    case DH_KIND_RESOURCE:
      if (name.empty()) return Change{Change::Kind::resources, {}};
      return Change{Change::Kind::resource, std::string(name)};
    default:
      return std::nullopt;
  }
}

dh_status offer(const dh_host* host, int32_t kind, dh_str name, int32_t on) {
  if (host == nullptr) return DH_E_INVALID;
  try {
    HostState& state = state_of(host);
    const auto done = state.services.modules->offer(state.module, kind, view(name), on != 0);
    return done ? DH_OK : DH_E_NOT_FOUND;
  } catch (...) {
    return DH_E_FAILED;
  }
}

dh_status changed(const dh_host* host, int32_t kind, dh_str name) {
  if (host == nullptr) return DH_E_INVALID;
  try {
    const std::optional<Change> change = change_of(kind, view(name));
    if (!change) return DH_E_INVALID;
    state_of(host).services.changed(*change);
    return DH_OK;
  } catch (...) {
    return DH_E_FAILED;
  }
}

}  // namespace

const dh_emit_1 kEmit1 = {sizeof(dh_emit_1), 0, offer, changed};

}  // namespace dockerhub
