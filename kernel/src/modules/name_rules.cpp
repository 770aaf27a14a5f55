#include "modules/name_rules.hpp"

#include <algorithm>
#include <map>

#include "modules/examine.hpp"

namespace dockerhub {
namespace {

using Owners = std::map<std::string, const Slot*>;

// Everything of a module that has to be the only one of its name.
std::vector<std::string> claims(const Manifest& manifest) {
  std::vector<std::string> all = {"module name " + manifest.name};
  for (const Tool& tool : manifest.tools) all.push_back("tool name " + tool.name);
  for (const PromptInfo& prompt : manifest.prompts) all.push_back("prompt name " + prompt.name);
  for (const ResourceInfo& resource : manifest.resources) all.push_back("resource " + resource.uri);
  for (const ResourceInfo& resource : manifest.resource_templates) {
    all.push_back("resource template " + resource.uri);
  }
  return all;
}

std::optional<std::string> first_taken(const Slot& slot, const Owners& owners) {
  for (const std::string& claim : claims(*slot.manifest)) {
    const auto owner = owners.find(claim);
    if (owner == owners.end() || owner->second == &slot) continue;
    return visible(claim) + " taken by " + owner->second->info.file.string();
  }
  return std::nullopt;
}

void claim_all(const Slot& slot, Owners& owners) {
  for (const std::string& claim : claims(*slot.manifest)) owners.emplace(claim, &slot);
}

bool holds_names(const Slot& slot) {
  return slot.manifest != nullptr && !slot.vanished && slot.info.state != ModuleState::refused;
}

}  // namespace

std::optional<std::string> installed_owner(const Slots& slots, const Slot& slot) {
  if (slot.info.place == kInstalled) return std::nullopt;
  // Also a module of the installation that cannot be used keeps its name.
  const auto owner = std::find_if(slots.begin(), slots.end(), [&](const auto& other) {
    return other->info.place == kInstalled && !other->vanished &&
           other->info.name == slot.info.name;
  });
  if (owner == slots.end()) return std::nullopt;
  return "name of an installed module: " + (*owner)->info.file.string();
}

void refuse_taken_names(const Slots& slots, const Slots& fresh) {
  const auto is_fresh = [&](const auto& slot) {
    return std::find(fresh.begin(), fresh.end(), slot) != fresh.end();
  };
  Owners owners;
  for (const auto& slot : slots) {
    if (holds_names(*slot) && !is_fresh(slot)) claim_all(*slot, owners);
  }
  for (const auto& slot : slots) {
    if (slot->manifest == nullptr || !is_fresh(slot)) continue;
    // Told before all other reasons: trusting the file would not help.
    if (auto owner = installed_owner(slots, *slot)) refuse(*slot, std::move(*owner));
    if (!holds_names(*slot)) continue;
    if (auto taken = first_taken(*slot, owners)) {
      refuse(*slot, *taken);
    } else {
      claim_all(*slot, owners);
    }
  }
}

std::optional<std::string> taken_by_others(const Slots& slots, const Slot& old,
                                           const Slot& candidate) {
  if (auto owner = installed_owner(slots, candidate)) return owner;
  Owners owners;
  for (const auto& slot : slots) {
    if (slot.get() != &old && holds_names(*slot)) claim_all(*slot, owners);
  }
  return first_taken(candidate, owners);
}

}  // namespace dockerhub
