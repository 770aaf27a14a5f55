// What bounds a wait: a deadline and a request to stop. Plain values; any thread.
#pragma once

#include <algorithm>
#include <chrono>
#include <optional>
#include <stop_token>

namespace dockerhub::http {

struct Control {
  using Clock = std::chrono::steady_clock;

  std::optional<Clock::time_point> deadline;  // nullopt: none
  std::stop_token stop;

  // The same, ending `time` from now if that is earlier; zero or less: unchanged.
  Control within(std::chrono::milliseconds time) const {
    Control bounded = *this;
    if (time.count() <= 0) return bounded;
    const Clock::time_point end = Clock::now() + time;
    bounded.deadline = deadline ? std::min(*deadline, end) : end;
    return bounded;
  }
};

}  // namespace dockerhub::http
