// What a plan for an organization does, in the words of the question for a consent. Pure; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "changes.hpp"
#include "hub/plan_text.hpp"

namespace dockerhub::org {

// Whoever loses something comes first. Of each kind so many are named that a person still reads them.
// `beginning` stands in front.
hub::PlanText plan_text(std::string_view beginning, const std::vector<Change>& changes);
// The changes alone, every one of them.
std::string whole_plan_text(const std::vector<Change>& changes);

}  // namespace dockerhub::org
