// Who gets a name that two module files claim. Free functions; any thread.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "modules/slot.hpp"

namespace dockerhub {

using Slots = std::vector<std::shared_ptr<Slot>>;

// Refuses, among the slots that are `fresh`, those whose module name, tool, prompt or resource is
// taken: a name of the installation by any other place, otherwise by the slot that comes first.
// Slots that are not fresh keep what they have.
void refuse_taken_names(const Slots& slots, const Slots& fresh);

// The reason when the slot comes from elsewhere and has the name of a module of the installation.
std::optional<std::string> installed_owner(const Slots& slots, const Slot& slot);

// Why `candidate` cannot take the place of `old` in `slots`, or nullopt.
std::optional<std::string> taken_by_others(const Slots& slots, const Slot& old,
                                           const Slot& candidate);

}  // namespace dockerhub
