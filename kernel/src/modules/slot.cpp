#include "modules/slot.hpp"

#include <algorithm>
#include <system_error>

namespace dockerhub {
namespace {

bool has_action(const Manifest& manifest, std::string_view name) {
  for (const Tool& tool : manifest.tools) {
    const std::string prefix = tool.name + ".";
    if (name.substr(0, prefix.size()) != prefix) continue;
    if (tool.find_action(name.substr(prefix.size())) != nullptr) return true;
  }
  return false;
}

bool has_prompt(const Manifest& manifest, std::string_view name) {
  return std::any_of(manifest.prompts.begin(), manifest.prompts.end(),
                     [&](const PromptInfo& prompt) { return prompt.name == name; });
}

bool has_uri(const std::vector<ResourceInfo>& resources, std::string_view uri) {
  return std::any_of(resources.begin(), resources.end(),
                     [&](const ResourceInfo& resource) { return resource.uri == uri; });
}

}  // namespace

bool Slot::is_current() const {
  std::error_code problem;
  const std::filesystem::path real = std::filesystem::canonical(found_as, problem);
  return !problem && file != nullptr && real == file->path() && file->unchanged();
}

bool declares(const Manifest& manifest, int kind, std::string_view name) {
  switch (kind) {
    case DH_KIND_ACTION:
      return has_action(manifest, name);
    case DH_KIND_PROMPT:
      return has_prompt(manifest, name);
    case DH_KIND_RESOURCE:
      return has_uri(manifest.resources, name) || has_uri(manifest.resource_templates, name);
    default:
      return false;
  }
}

}  // namespace dockerhub
