// Whether a server can do its work: its modules, and whether Docker Hub can be reached. The network is
// asked at most once in kFresh, by a worker; meanwhile the last answer counts. Any thread.
#pragma once

#include <chrono>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>

#include "dockerhub/kernel.hpp"
#include "worker_pool.hpp"

namespace dockerhub::server {

class Readiness {
 public:
  using Clock = std::chrono::steady_clock;
  static constexpr std::chrono::seconds kFresh{60};
  static constexpr std::chrono::seconds kLongestCheck{5};

  Readiness(const Kernel& kernel, WorkerPool& workers) : kernel_(kernel), workers_(workers) {}

  struct Report {
    bool ready = false;
    std::string json;  // {"status", "modules": {...}, "upstream"}
  };
  // draining: the server ends. Asks the network anew where the last answer is old.
  Report report(bool draining);

  // Ends a check that runs.
  void stop() { stop_.request_stop(); }

 private:
  void refresh();
  void check();

  const Kernel& kernel_;
  WorkerPool& workers_;
  std::stop_source stop_;
  std::mutex mutex_;
  std::optional<bool> reachable_;
  bool checking_ = false;
  Clock::time_point checked_;
};

}  // namespace dockerhub::server
