#include "worker_pool.hpp"

#include <poll.h>
#include <sys/eventfd.h>

#include <array>
#include <system_error>

namespace dockerhub::server {

WorkerPool::WorkerPool(std::size_t limit)
    : limit_(limit), idle_event_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}

WorkerPool::~WorkerPool() {
  {
    const std::lock_guard lock(mutex_);
    closing_ = true;
  }
  ready_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

bool WorkerPool::ensure_thread() {
  if (busy_ < threads_.size()) return true;
  try {
    threads_.emplace_back([this] { run(); });
    return true;
  } catch (const std::system_error&) {
    return false;
  }
}

bool WorkerPool::submit(std::function<void()> work) {
  {
    const std::lock_guard lock(mutex_);
    if (busy_ >= limit_ || !ensure_thread()) return false;
    ++busy_;
    waiting_.push_back(std::move(work));
  }
  ready_.notify_one();
  return true;
}

bool WorkerPool::wait_idle(std::chrono::milliseconds time, int interruption) const {
  using Clock = std::chrono::steady_clock;
  const auto deadline = Clock::now() + time;
  while (!idle()) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
    std::array<pollfd, 2> ready = {{{idle_event_.get(), POLLIN, 0}, {interruption, POLLIN, 0}}};
    if (left <= 0 || poll(ready.data(), ready.size(), static_cast<int>(left)) <= 0) return idle();
    if (ready[1].revents != 0) return false;
    eventfd_t count = 0;
    eventfd_read(idle_event_.get(), &count);
  }
  return true;
}

bool WorkerPool::idle() const {
  const std::lock_guard lock(mutex_);
  return busy_ == 0;
}

void WorkerPool::run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    ready_.wait(lock, [this] { return closing_ || !waiting_.empty(); });
    if (waiting_.empty()) return;
    std::function<void()> work = std::move(waiting_.front());
    waiting_.pop_front();
    lock.unlock();
    work();
    work = nullptr;
    lock.lock();
    if (--busy_ == 0) eventfd_write(idle_event_.get(), 1);
  }
}

}  // namespace dockerhub::server
