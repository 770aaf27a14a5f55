#include "modules/instance.hpp"

#include <algorithm>
#include <exception>

#include "modules/module_error.hpp"

namespace dockerhub {
namespace {

dh_str text(const char* id) {
  return {id, std::char_traits<char>::length(id)};
}

std::string version_text(unsigned major, unsigned minor) {
  return std::to_string(major) + "." + std::to_string(minor);
}

bool abi_fits(const dh_entry& entry) {
  return entry.abi_major == DH_ABI_MAJOR && entry.abi_minor <= DH_ABI_MINOR;
}

// Runs module code; a module may break the rule that no exception passes. The reason, or empty.
template <typename Function>
std::string thrown_by(const Function& function) {
  try {
    function();
    return {};
  } catch (const std::exception& thrown) {
    return "threw an exception: " + visible(thrown.what());
  } catch (...) {
    return "threw an exception";
  }
}

// Rows that are requests are executed by the kernel; the others need the module.
bool has_handlers(const Manifest& manifest) {
  return std::any_of(manifest.tools.begin(), manifest.tools.end(), [](const Tool& tool) {
    return std::any_of(tool.actions.begin(), tool.actions.end(),
                       [](const Action& action) { return !action.request.has_value(); });
  });
}

}  // namespace

Instance::Instance(std::unique_ptr<Library> library, std::shared_ptr<const Manifest> manifest,
                   std::shared_ptr<const dh_host> host)
    : library_(std::move(library)), manifest_(std::move(manifest)), host_(std::move(host)) {}

Instance::~Instance() {
  if (module_ != nullptr) thrown_by([this] { entry_->destroy(module_); });
}

Result<std::shared_ptr<Instance>> Instance::create(std::unique_ptr<Library> library,
                                                   std::shared_ptr<const Manifest> manifest,
                                                   const MakeHost& make_host) {
  std::shared_ptr<const dh_host> host;
  const std::string problem = thrown_by([&] { host = make_host(*manifest); });
  if (host == nullptr) return refuse_file(library->file(), "has no host: " + problem, kAskAuthor);
  std::shared_ptr<Instance> instance(
      new Instance(std::move(library), std::move(manifest), std::move(host)));
  if (auto bound = instance->bind_entry(); !bound) return Failure(bound.error());
  if (auto made = instance->make_module(); !made) return Failure(made.error());
  if (auto bound = instance->bind_extensions(); !bound) return Failure(bound.error());
  return instance;
}

Result<void> Instance::bind_entry() {
  const void* symbol = library_->object(DH_ENTRY_SYMBOL, sizeof(dh_entry));
  if (symbol == nullptr) {
    return refuse_file(library_->file(),
                       "no entry: it exports no " DH_ENTRY_SYMBOL " of type dh_entry", kAskAuthor);
  }
  const auto& entry = *static_cast<const dh_entry*>(symbol);
  if (entry.magic != DH_MAGIC) {
    return refuse_file(library_->file(), "wrong magic number in " DH_ENTRY_SYMBOL, kAskAuthor);
  }
  if (!abi_fits(entry)) {
    return refuse_file(library_->file(),
                       "built for ABI " + version_text(entry.abi_major, entry.abi_minor) +
                           ", this kernel has " + version_text(DH_ABI_MAJOR, DH_ABI_MINOR),
                       "Install the module's build for this version of the kernel.");
  }
  if (entry.size < sizeof(dh_entry) || entry.create == nullptr || entry.destroy == nullptr ||
      entry.extension == nullptr) {
    return refuse_file(library_->file(), "incomplete " DH_ENTRY_SYMBOL, kAskAuthor);
  }
  entry_ = &entry;
  return {};
}

Result<void> Instance::make_module() {
  dh_status status = DH_E_FAILED;
  dh_module* module = nullptr;
  const std::string problem = thrown_by([&] { status = entry_->create(host_.get(), &module); });
  if (!problem.empty()) return refuse_file(library_->file(), "create() " + problem, kAskAuthor);
  if (status != DH_OK || module == nullptr) {
    return refuse_file(library_->file(), "create() failed with status " + std::to_string(status),
                       "The log may say more. Mend the cause, then reload the module.");
  }
  module_ = module;
  return {};
}

Result<void> Instance::bind_extensions() {
  // The struct of an extension that the module has, when its size covers what every kernel calls.
  std::string problem;
  const auto find = [&](const char* id, std::size_t mandatory) -> const void* {
    const void* table = nullptr;
    std::string thrown = thrown_by([&] { table = entry_->extension(module_, text(id)); });
    if (!thrown.empty()) problem = "extension(" + std::string(id) + ") " + thrown;
    if (table != nullptr && *static_cast<const std::uint32_t*>(table) < mandatory) {
      problem = "extension " + std::string(id) + " is too small";
      return nullptr;
    }
    return table;
  };
  tools_ = static_cast<const dh_tools_1*>(find(DH_TOOLS_1, sizeof(dh_tools_1)));
  resources_ = static_cast<const dh_resources_1*>(find(DH_RESOURCES_1, sizeof(dh_resources_1)));
  prompts_ = static_cast<const dh_prompts_1*>(find(DH_PROMPTS_1, sizeof(dh_prompts_1)));
  complete_ = static_cast<const dh_complete_1*>(find(DH_COMPLETE_1, sizeof(dh_complete_1)));
  health_ = static_cast<const dh_health_1*>(find(DH_HEALTH_1, sizeof(dh_health_1)));

  const auto demand = [&](bool stated, bool there, const char* id) {
    if (stated && !there && problem.empty())
      problem = "its manifest needs the extension " + std::string(id) + ", which it does not offer";
  };
  demand(has_handlers(*manifest_), tools_ != nullptr && tools_->invoke != nullptr, DH_TOOLS_1);
  demand(!manifest_->resources.empty() || !manifest_->resource_templates.empty(),
         resources_ != nullptr && resources_->read != nullptr, DH_RESOURCES_1);
  demand(!manifest_->prompts.empty(), prompts_ != nullptr && prompts_->get != nullptr,
         DH_PROMPTS_1);
  if (!problem.empty()) return refuse_file(library_->file(), problem, kAskAuthor);
  return {};
}

}  // namespace dockerhub
