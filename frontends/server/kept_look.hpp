// A yes or no that takes its time to find out, kept for a while: a worker looks, and meanwhile the last answer
// counts. Any thread.
#pragma once

#include <chrono>
#include <functional>
#include <mutex>
#include <optional>

#include "worker_pool.hpp"

namespace dockerhub::server {

class KeptLook {
 public:
  // look: called on a worker, never twice at once. The workers end before this.
  KeptLook(WorkerPool& workers, std::chrono::seconds fresh, std::function<bool()> look);

  // nullopt: nobody has looked yet. Looks anew where the answer is old.
  std::optional<bool> last();

 private:
  using Clock = std::chrono::steady_clock;

  void refresh();
  void run();

  WorkerPool& workers_;
  const std::chrono::seconds fresh_;
  const std::function<bool()> look_;
  std::mutex mutex_;
  std::optional<bool> answer_;
  bool looking_ = false;
  Clock::time_point looked_;
};

}  // namespace dockerhub::server
