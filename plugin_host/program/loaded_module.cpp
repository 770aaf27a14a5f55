#include "loaded_module.hpp"

#include <dlfcn.h>

#include <exception>

namespace dockerhub::plugin_host {
namespace {

std::string version_text(unsigned major, unsigned minor) {
  return std::to_string(major) + "." + std::to_string(minor);
}

bool abi_fits(const dh_entry& entry) {
  return entry.abi_major == DH_ABI_MAJOR && entry.abi_minor <= DH_ABI_MINOR;
}

// What module code threw, in the kernel's words, or empty.
template <typename Function>
std::string thrown_by(const Function& function) {
  try {
    function();
    return {};
  } catch (const std::exception& thrown) {
    return "threw an exception: " + std::string(thrown.what());
  } catch (...) {
    return "threw an exception";
  }
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
  dh_status status = DH_E_FAILED;
  const std::string thrown = thrown_by([&] { status = entry_->create(host, &module); });
  if (!thrown.empty()) return "create() " + thrown;
  if (status != DH_OK || module == nullptr)
    return "create() failed with status " + std::to_string(status);
  module_ = module;
  return bind_extensions();
}

template <typename Extension, typename Function>
std::string LoadedModule::bind(const char* id, Function Extension::*mandatory,
                               const Extension*& bound) {
  const void* found = nullptr;
  const std::string thrown =
      thrown_by([&] { found = entry_->extension(module_, text_of(std::string_view(id))); });
  if (!thrown.empty()) return "extension(" + std::string(id) + ") " + thrown;
  if (found == nullptr) return {};
  if (*static_cast<const std::uint32_t*>(found) < sizeof(Extension))
    return "extension " + std::string(id) + " is too small";
  const auto* extension = static_cast<const Extension*>(found);
  // One that cannot be called is none.
  if (extension->*mandatory != nullptr) bound = extension;
  return {};
}

std::string LoadedModule::bind_extensions() {
  std::string problem = bind(DH_TOOLS_1, &dh_tools_1::invoke, tools_);
  if (problem.empty()) problem = bind(DH_RESOURCES_1, &dh_resources_1::read, resources_);
  if (problem.empty()) problem = bind(DH_PROMPTS_1, &dh_prompts_1::get, prompts_);
  if (problem.empty()) problem = bind(DH_COMPLETE_1, &dh_complete_1::complete, complete_);
  if (problem.empty()) problem = bind(DH_HEALTH_1, &dh_health_1::check, health_);
  return problem;
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
      const bool can_watch = resources_ != nullptr && resources_->watch != nullptr;
      const auto on = static_cast<std::int32_t>(in.number());
      return can_watch ? resources_->watch(module_, call, first, on) : DH_OK;
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
