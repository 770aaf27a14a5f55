// Which registries have no referrers API: after the first 404 the fallback tag is asked at once. Kept
// for an hour, as a registry may learn. State of the module's instance; any thread.
#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <string>

namespace dockerhub::registry {

class ReferrersSupport {
 public:
  using Clock = std::chrono::steady_clock;

  bool is_missing(const std::string& registry, Clock::time_point now = Clock::now());
  void note_missing(const std::string& registry, Clock::time_point now = Clock::now());

 private:
  std::mutex mutex_;
  std::map<std::string, Clock::time_point> missing_;  // since when
};

}  // namespace dockerhub::registry
