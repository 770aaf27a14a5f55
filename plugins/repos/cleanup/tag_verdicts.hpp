// Which tags go by the rules, and why. Pure; any thread.
#pragma once

#include <string>
#include <vector>

#include "contents.hpp"
#include "rules.hpp"

namespace dockerhub::repos::cleanup {

struct Verdict {
  bool goes = false;
  std::string reason;
};

// One a tag, in the order of the tags.
std::vector<Verdict> tag_verdicts(const std::vector<Tag>& tags, const Rules& rules);

}  // namespace dockerhub::repos::cleanup
