#include "kept_look.hpp"

#include <utility>

namespace dockerhub::server {

KeptLook::KeptLook(WorkerPool& workers, std::chrono::seconds fresh, std::function<bool()> look)
    : workers_(workers), fresh_(fresh), look_(std::move(look)) {}

std::optional<bool> KeptLook::last() {
  refresh();
  const std::lock_guard lock(mutex_);
  return answer_;
}

void KeptLook::refresh() {
  {
    const std::lock_guard lock(mutex_);
    const bool fresh = answer_ && Clock::now() - looked_ < fresh_;
    if (looking_ || fresh) return;
    looking_ = true;
  }
  if (workers_.submit([this] { run(); })) return;
  const std::lock_guard lock(mutex_);
  looking_ = false;
}

void KeptLook::run() {
  const bool answer = look_();
  const std::lock_guard lock(mutex_);
  answer_ = answer;
  looked_ = Clock::now();
  looking_ = false;
}

}  // namespace dockerhub::server
