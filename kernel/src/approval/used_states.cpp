#include "approval/used_states.hpp"

namespace dockerhub {

Result<bool> UsedStatesInMemory::use(const std::string& number, Clock::time_point expires) {
  const std::lock_guard lock(mutex_);
  const Clock::time_point now = Clock::now();
  std::erase_if(used_, [&](const auto& entry) { return entry.second < now; });
  return used_.emplace(number, expires).second;
}

}  // namespace dockerhub
