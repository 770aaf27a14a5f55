#include "running_requests.hpp"

#include <vector>

namespace dockerhub::mcp {

std::optional<std::stop_token> RunningRequests::begin(const Id& id) {
  const std::lock_guard lock(mutex_);
  const auto [entry, added] = requests_.try_emplace(id);
  if (!added) return std::nullopt;
  return entry->second.stop.get_token();
}

bool RunningRequests::end(const Id& id) {
  const std::lock_guard lock(mutex_);
  const auto entry = requests_.find(id);
  if (entry == requests_.end()) return false;
  const bool wanted = entry->second.wanted;
  requests_.erase(entry);
  return wanted;
}

bool RunningRequests::contains(const Id& id) const {
  const std::lock_guard lock(mutex_);
  return requests_.count(id) != 0;
}

std::size_t RunningRequests::size() const {
  const std::lock_guard lock(mutex_);
  return requests_.size();
}

std::optional<std::stop_source> RunningRequests::unwanted(const Id& id) {
  const std::lock_guard lock(mutex_);
  const auto entry = requests_.find(id);
  if (entry == requests_.end()) return std::nullopt;
  entry->second.wanted = false;
  return entry->second.stop;
}

// Stop callbacks are foreign code: they run without the lock.
void RunningRequests::cancel(const Id& id) {
  if (auto stop = unwanted(id)) stop->request_stop();
}

void RunningRequests::cancel_all() {
  std::vector<std::stop_source> stops;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [id, request] : requests_) stops.push_back(request.stop);
  }
  for (std::stop_source& stop : stops) stop.request_stop();
}

}  // namespace dockerhub::mcp
