#include "modules/snapshot.hpp"

#include <algorithm>

namespace dockerhub {
namespace {

using Hidden = std::set<std::pair<int, std::string>>;

template <typename Rows, typename Name>
void append_shown(const Rows& rows, int kind, const Hidden& hidden, Name name, Rows& target) {
  for (const auto& row : rows) {
    if (hidden.count({kind, row.*name}) == 0) target.push_back(row);
  }
}

void append_tools(const Slot& slot, ModuleTable::Snapshot& snapshot) {
  const auto first = slot.hidden.lower_bound({DH_KIND_ACTION, std::string()});
  const bool hides_actions = first != slot.hidden.end() && first->first == DH_KIND_ACTION;
  for (const Tool& tool : slot.manifest->tools) {
    Tool shown = tool;
    const auto is_hidden = [&](const Action& action) {
      return slot.hidden.count({DH_KIND_ACTION, tool.name + "." + action.name}) > 0;
    };
    if (hides_actions) shown.actions = shown.actions.without(is_hidden);
    if (shown.actions.empty()) continue;
    snapshot.catalogue.tools.push_back(std::move(shown));
  }
}

template <typename Rows, typename Name>
void sort_by(Rows& rows, Name name) {
  std::sort(rows.begin(), rows.end(),
            [&](const auto& left, const auto& right) { return left.*name < right.*name; });
}

}  // namespace

std::shared_ptr<const ModuleTable::Snapshot> make_snapshot(const Slots& slots,
                                                           std::uint64_t version) {
  auto snapshot = std::make_shared<ModuleTable::Snapshot>();
  Catalogue& catalogue = snapshot->catalogue;
  catalogue.version = version;
  for (const auto& slot : slots) {
    if (!slot->offered()) continue;
    const Manifest& manifest = *slot->manifest;
    snapshot->manifests.emplace(manifest.name, slot->manifest);
    append_tools(*slot, *snapshot);
    append_shown(manifest.resources, DH_KIND_RESOURCE, slot->hidden, &ResourceInfo::uri,
                 catalogue.resources);
    append_shown(manifest.resource_templates, DH_KIND_RESOURCE, slot->hidden, &ResourceInfo::uri,
                 catalogue.resource_templates);
    append_shown(manifest.prompts, DH_KIND_PROMPT, slot->hidden, &PromptInfo::name,
                 catalogue.prompts);
  }
  sort_by(catalogue.tools, &Tool::name);
  sort_by(catalogue.resources, &ResourceInfo::name);
  sort_by(catalogue.resource_templates, &ResourceInfo::name);
  sort_by(catalogue.prompts, &PromptInfo::name);
  return snapshot;
}

void add_kinds(const Manifest& manifest, ChangeKinds& kinds) {
  if (!manifest.tools.empty()) kinds.insert(Change::Kind::tools);
  if (!manifest.prompts.empty()) kinds.insert(Change::Kind::prompts);
  if (!manifest.resources.empty() || !manifest.resource_templates.empty()) {
    kinds.insert(Change::Kind::resources);
  }
}

}  // namespace dockerhub
