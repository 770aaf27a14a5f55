// Threads for requests that wait: made when they are needed, kept, at most `limit` pieces of work
// at once, none queued beyond that. submit() may be called from any thread.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "http/descriptor.hpp"

namespace dockerhub::server {

class WorkerPool {
 public:
  // How long cancelled work is waited for at the end of a program.
  static constexpr std::chrono::seconds kCancelGrace{2};

  explicit WorkerPool(std::size_t limit);
  // Waits for all work.
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  // False when `limit` pieces of work are running, or the system has no thread left.
  bool submit(std::function<void()> work);

  // Waits for the end of all work, at most so long, and only until `interruption` (a descriptor, or -1)
  // is readable. True when there is none left. One thread at a time.
  bool wait_idle(std::chrono::milliseconds time, int interruption = -1) const;

 private:
  bool idle() const;
  bool ensure_thread();
  void run();

  const std::size_t limit_;
  const web::Descriptor idle_event_;  // readable when the last piece of work has ended
  mutable std::mutex mutex_;
  std::condition_variable ready_;
  std::deque<std::function<void()>> waiting_;
  std::size_t busy_ = 0;  // running and waiting
  bool closing_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace dockerhub::server
