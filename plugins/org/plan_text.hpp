// What a plan for an organization does, in the words of the question for a consent. Pure; any thread.
#pragma once

#include <string>
#include <vector>

#include "changes.hpp"

namespace dockerhub::org {

struct PlanText {
  std::string text;
  bool is_whole = true;  // false: some changes are counted and not named
};

// What somebody loses comes first. Of each kind so many are named that a person still reads them.
PlanText plan_text(const std::vector<Change>& changes);
// The same with every name.
std::string whole_plan_text(const std::vector<Change>& changes);

}  // namespace dockerhub::org
