// Runs functions later, one after the other, on a thread of its own that the first one makes. Any thread.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <stop_token>
#include <thread>

namespace dockerhub::mcp {

class Timer {
 public:
  // What has not run when the timer goes never runs. `work` must not wait.
  void after(std::chrono::milliseconds time, std::function<void()> work);

 private:
  using Clock = std::chrono::steady_clock;
  void run(const std::stop_token& stop);

  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::multimap<Clock::time_point, std::function<void()>> waiting_;
  std::jthread thread_;
};

}  // namespace dockerhub::mcp
