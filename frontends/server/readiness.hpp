// Whether a server can do its work: its modules, whether Docker Hub can be reached, and what its copies share.
// The network is asked by a worker, at most once in kFresh and kStateFresh; meanwhile the last answer counts.
// Any thread.
#pragma once

#include <chrono>
#include <optional>
#include <stop_token>
#include <string>

#include "dockerhub/kernel.hpp"
#include "dockerhub/shared_store.hpp"
#include "kept_look.hpp"
#include "worker_pool.hpp"

namespace dockerhub::server {

class Readiness {
 public:
  static constexpr std::chrono::seconds kFresh{60};
  static constexpr std::chrono::seconds kStateFresh{2};
  static constexpr std::chrono::seconds kLongestCheck{5};

  // shared: what the copies of the server share; nullptr: nothing.
  Readiness(const Kernel& kernel, WorkerPool& workers, SharedStore* shared = nullptr);

  struct Report {
    bool ready = false;
    std::string json;  // {"status", "modules": {...}, "upstream", "shared_state"?}
  };
  // draining: the server ends. Without what the copies share it is still ready, since reads go on: were it
  // not, a balancer would take all copies away at once.
  Report report(bool draining);

  // Ends a check that runs.
  void stop() { stop_.request_stop(); }

 private:
  bool reaches_upstream();

  const Kernel& kernel_;
  std::stop_source stop_;
  KeptLook upstream_;
  std::optional<KeptLook> shared_;
};

}  // namespace dockerhub::server
