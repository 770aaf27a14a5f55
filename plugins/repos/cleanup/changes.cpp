#include "changes.hpp"

#include <string_view>
#include <unordered_map>

namespace dockerhub::repos::cleanup {

std::vector<std::string> changes_since(const Plan& plan, const Contents& contents) {
  std::unordered_map<std::string_view, const Tag*> present;
  for (const Tag& tag : contents.tags) present.emplace(tag.name, &tag);
  std::vector<std::string> changes;
  for (const Entry& entry : plan.entries) {
    if (!entry.is_tag()) continue;
    const auto found = present.find(entry.tag);
    if (found == present.end()) {
      if (!entry.goes) changes.push_back("the tag '" + entry.tag + "' is gone");
      continue;
    }
    const std::string& digest = found->second->digest;
    if (digest != entry.digest) {
      changes.push_back("the tag '" + entry.tag + "' names " +
                        (digest.empty() ? "something that is not known" : digest) + " now");
    }
    present.erase(found);
  }
  for (const Tag& tag : contents.tags) {
    if (present.count(tag.name) > 0) changes.push_back("the tag '" + tag.name + "' is new");
  }
  return changes;
}

}  // namespace dockerhub::repos::cleanup
