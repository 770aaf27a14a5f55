// Decides what a clean-up takes. Tags: those that may go and that no rule, and nothing unknown, holds.
// Manifests, where the rules say so: those that only tags and indexes that go name, and those of earlier plans
// that nothing names; never one that a tag or index that stays uses. Pure; any thread.
#pragma once

#include <string>

#include "contents.hpp"
#include "plan.hpp"

namespace dockerhub::repos::cleanup {

// Of a repository "namespace/repository"; `unseen` of the plan stays empty.
Plan make_plan(const Contents& contents, const Rules& rules, hub::UnixTime now);

}  // namespace dockerhub::repos::cleanup
