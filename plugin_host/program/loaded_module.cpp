#include "loaded_module.hpp"

#include <dlfcn.h>

#include <cstddef>

namespace dockerhub::plugin_host {
namespace {

std::string version_text(unsigned major, unsigned minor) {
  return std::to_string(major) + "." + std::to_string(minor);
}

bool abi_fits(const dh_entry& entry) {
  return entry.abi_major == DH_ABI_MAJOR && entry.abi_minor <= DH_ABI_MINOR;
}

// The module's struct, where it has one that reaches up to `least`.
template <typename Extension>
const Extension* find(const dh_entry& entry, dh_module* module, const char* id, std::size_t least) {
  const auto* found =
      static_cast<const Extension*>(entry.extension(module, text_of(std::string_view(id))));
  return found != nullptr && found->size >= least ? found : nullptr;
}

}  // namespace

std::string LoadedModule::load(const char* file) {
  // Never closed: the process ends with it.
  void* library = ::dlopen(file, RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) return std::string("cannot be loaded: ") + ::dlerror();
  const auto* entry = static_cast<const dh_entry*>(::dlsym(library, DH_ENTRY_SYMBOL));
  if (entry == nullptr) return "no entry: it exports no " DH_ENTRY_SYMBOL;
  if (entry->magic != DH_MAGIC) return "wrong magic number in " DH_ENTRY_SYMBOL;
  if (!abi_fits(*entry)) {
    return "built for ABI " + version_text(entry->abi_major, entry->abi_minor) +
           ", this program has " + version_text(DH_ABI_MAJOR, DH_ABI_MINOR);
  }
  if (entry->size < sizeof(dh_entry) || entry->create == nullptr || entry->destroy == nullptr ||
      entry->extension == nullptr) {
    return "incomplete " DH_ENTRY_SYMBOL;
  }
  entry_ = entry;
  return {};
}

std::string LoadedModule::start(const char* file, const dh_host* host) {
  if (std::string problem = load(file); !problem.empty()) return problem;
  dh_module* module = nullptr;
  const dh_status status = entry_->create(host, &module);
  if (status != DH_OK || module == nullptr)
    return "create() failed with status " + std::to_string(status);
  module_ = module;
  bind_extensions();
  return {};
}

void LoadedModule::bind_extensions() {
  tools_ = find<dh_tools_1>(*entry_, module_, DH_TOOLS_1, sizeof(dh_tools_1));
  resources_ = find<dh_resources_1>(*entry_, module_, DH_RESOURCES_1,
                                    offsetof(dh_resources_1, read) + sizeof(void*));
  prompts_ = find<dh_prompts_1>(*entry_, module_, DH_PROMPTS_1, sizeof(dh_prompts_1));
  complete_ = find<dh_complete_1>(*entry_, module_, DH_COMPLETE_1, sizeof(dh_complete_1));
  health_ = find<dh_health_1>(*entry_, module_, DH_HEALTH_1, sizeof(dh_health_1));
}

void LoadedModule::stop() {
  if (module_ != nullptr) entry_->destroy(module_);
  module_ = nullptr;
}

std::vector<std::string_view> LoadedModule::extensions() const {
  std::vector<std::string_view> ids;
  const auto add = [&](bool there, std::string_view id) {
    if (there) ids.push_back(id);
  };
  add(tools_ != nullptr, DH_TOOLS_1);
  add(resources_ != nullptr, DH_RESOURCES_1);
  add(prompts_ != nullptr, DH_PROMPTS_1);
  add(complete_ != nullptr, DH_COMPLETE_1);
  add(health_ != nullptr, DH_HEALTH_1);
  return ids;
}

dh_status LoadedModule::run(ModuleFunction function, dh_call* call, FieldReader& in) const {
  const auto text = [&] { return text_of(in.bytes()); };
  const dh_str first = function == ModuleFunction::check ? dh_str{} : text();
  switch (function) {
    case ModuleFunction::invoke:
      return tools_ == nullptr ? DH_E_UNSUPPORTED : tools_->invoke(module_, call, first, text());
    case ModuleFunction::read:
      return resources_ == nullptr ? DH_E_UNSUPPORTED : resources_->read(module_, call, first);
    case ModuleFunction::watch: {
      const bool can_watch = resources_ != nullptr && resources_->size >= sizeof(dh_resources_1) &&
                             resources_->watch != nullptr;
      const auto on = static_cast<std::int32_t>(in.number());
      return can_watch ? resources_->watch(module_, call, first, on) : DH_E_UNSUPPORTED;
    }
    case ModuleFunction::get:
      return prompts_ == nullptr ? DH_E_UNSUPPORTED : prompts_->get(module_, call, first, text());
    case ModuleFunction::complete:
      return complete_ == nullptr ? DH_E_UNSUPPORTED : complete_->complete(module_, call, first);
    case ModuleFunction::check:
      return health_ == nullptr ? DH_E_UNSUPPORTED : health_->check(module_, call);
    default:
      return DH_E_INVALID;
  }
}

}  // namespace dockerhub::plugin_host
