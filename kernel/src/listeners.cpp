#include "listeners.hpp"

namespace dockerhub {

std::shared_ptr<void> Listeners::add(Listener listener) {
  auto handle = std::make_shared<Listener>(std::move(listener));
  const std::lock_guard lock(mutex_);
  std::erase_if(listeners_, [](const auto& known) { return known.expired(); });
  listeners_.push_back(handle);
  return handle;
}

void Listeners::tell(const Change& change) {
  std::vector<std::weak_ptr<Listener>> listeners;
  {
    const std::lock_guard lock(mutex_);
    listeners = listeners_;
  }
  for (const auto& weak : listeners) {
    if (const auto listener = weak.lock()) (*listener)(change);
  }
}

}  // namespace dockerhub
