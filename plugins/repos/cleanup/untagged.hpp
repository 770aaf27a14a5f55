// Which manifests no tag names any more when the tags of a plan are gone. Pure; any thread.
#pragma once

#include <vector>

#include "contents.hpp"
#include "plan.hpp"
#include "tag_verdicts.hpp"

namespace dockerhub::repos::cleanup {

// Entries of manifests: those that go, each index before what it lists; then those that were looked at and
// stay. Nothing goes while it is not known what some tag that stays lists, or a manifest of an earlier plan.
std::vector<Entry> untagged_manifests(const Contents& contents,
                                      const std::vector<Verdict>& verdicts);

}  // namespace dockerhub::repos::cleanup
