#include "timer.hpp"

namespace dockerhub::mcp {

void Timer::after(std::chrono::milliseconds time, std::function<void()> work) {
  const std::lock_guard lock(mutex_);
  waiting_.emplace(Clock::now() + time, std::move(work));
  if (!thread_.joinable()) {
    thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
  }
  changed_.notify_one();
}

void Timer::run(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  while (!stop.stop_requested()) {
    if (waiting_.empty()) {
      changed_.wait(lock, stop, [this] { return !waiting_.empty(); });
      continue;
    }
    const auto next = waiting_.begin()->first;
    const auto earlier = [&] { return waiting_.begin()->first < next; };
    if (Clock::now() < next) {
      changed_.wait_until(lock, stop, next, earlier);
      continue;
    }
    const auto work = std::move(waiting_.begin()->second);
    waiting_.erase(waiting_.begin());
    lock.unlock();
    work();
    lock.lock();
  }
}

}  // namespace dockerhub::mcp
