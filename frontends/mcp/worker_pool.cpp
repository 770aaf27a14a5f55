#include "worker_pool.hpp"

#include <sys/eventfd.h>

#include <system_error>

namespace dockerhub::mcp {

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

}  // namespace dockerhub::mcp
