#include "referrers_support.hpp"

namespace dockerhub::registry {
namespace {

constexpr std::chrono::hours kKept{1};
// Whoever names new registries all the time must not fill the memory.
constexpr std::size_t kMost = 1000;

}  // namespace

bool ReferrersSupport::is_missing(const std::string& registry, Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  const auto found = missing_.find(registry);
  return found != missing_.end() && now - found->second < kKept;
}

void ReferrersSupport::note_missing(const std::string& registry, Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  if (missing_.size() >= kMost) missing_.clear();
  missing_[registry] = now;
}

}  // namespace dockerhub::registry
