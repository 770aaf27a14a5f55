// What has become of a repository since a plan was made. Pure; any thread.
#pragma once

#include <string>
#include <vector>

#include "contents.hpp"
#include "plan.hpp"

namespace dockerhub::repos::cleanup {

// Sentences about tags that are new, that name something else, or that went although they were to stay. Tags of
// the plan that are gone already are no change: that is how a plan goes on where it stopped.
std::vector<std::string> changes_since(const Plan& plan, const Contents& contents);

}  // namespace dockerhub::repos::cleanup
