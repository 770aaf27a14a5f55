// Looks at all places of modules again, on a worker: one look at a time, since two at once would do the same
// work twice. Any thread.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>

#include "worker_pool.hpp"

namespace dockerhub::server {

class ModuleLooks {
 public:
  // look: called on a worker, never twice at once. The workers outlive it.
  ModuleLooks(WorkerPool& workers, std::function<void()> look);
  // Waits for the look that runs.
  ~ModuleLooks();
  ModuleLooks(const ModuleLooks&) = delete;
  ModuleLooks& operator=(const ModuleLooks&) = delete;

  // A look begins after this; it follows the one that runs. False when no worker is free.
  bool begin();

 private:
  enum class State {
    idle,
    looking,
    again,  // looking, and once more after it
  };

  void run();
  bool goes_on();

  WorkerPool& workers_;
  const std::function<void()> look_;
  std::mutex mutex_;
  std::condition_variable ended_;
  State state_ = State::idle;
};

}  // namespace dockerhub::server
