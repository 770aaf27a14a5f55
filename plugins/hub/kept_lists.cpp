#include "kept_lists.hpp"

#include <algorithm>
#include <utility>

namespace dockerhub::hub {

std::optional<KeptLists::Kept> KeptLists::find(const std::string& key,
                                               Clock::time_point now) const {
  const std::lock_guard lock(mutex_);
  const auto found = entries_.find(key);
  if (found == entries_.end() || now - found->second.since > kLife) return std::nullopt;
  return Kept{found->second.list, now - found->second.since <= kFresh};
}

void KeptLists::keep(const std::string& key, NameList list, Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  entries_[key] = {std::make_shared<const NameList>(std::move(list)), now};
  if (entries_.size() <= kMostEntries) return;
  entries_.erase(std::min_element(
      entries_.begin(), entries_.end(),
      [](const auto& one, const auto& other) { return one.second.since < other.second.since; }));
}

}  // namespace dockerhub::hub
