#include <algorithm>

#include "dockerhub/uri_template.hpp"
#include "host/host.hpp"

namespace dockerhub {
namespace {

// A resource of this module, or one that fits a template of it: nobody speaks for others.
bool owns_resource(const HostState& state, std::string_view uri) {
  const auto snapshot = state.services.modules->snapshot();
  const auto is_own = [&](const ResourceInfo& resource) {
    return resource.module == state.module && fits_template(uri, resource.uri);
  };
  const auto& fixed = snapshot->catalogue.resources;
  const auto& templates = snapshot->catalogue.resource_templates;
  return std::any_of(fixed.begin(), fixed.end(), is_own) ||
         std::any_of(templates.begin(), templates.end(), is_own);
}

dh_status tell_change(const HostState& state, int32_t kind, std::string_view name) {
  Change change;
  switch (kind) {
    case DH_KIND_ACTION:
      change.kind = Change::Kind::tools;
      break;
    case DH_KIND_PROMPT:
      change.kind = Change::Kind::prompts;
      break;
    case DH_KIND_RESOURCE:
      change.kind = name.empty() ? Change::Kind::resources : Change::Kind::resource;
      break;
    default:
      return DH_E_INVALID;
  }
  if (change.kind == Change::Kind::resource) {
    if (!owns_resource(state, name)) return DH_E_NOT_FOUND;
    change.uri = state.services.redactor->text(name);
  }
  state.services.changed(change);
  return DH_OK;
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
    return tell_change(state_of(host), kind, view(name));
  } catch (...) {
    return DH_E_FAILED;
  }
}

}  // namespace

const dh_emit_1 kEmit1 = {sizeof(dh_emit_1), 0, offer, changed};

}  // namespace dockerhub
