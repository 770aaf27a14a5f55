// How many requests a second each client may send: a token bucket that holds as many as a second has, so
// that a second's worth may come at once. Any thread.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

namespace dockerhub::web {

class RequestRates {
 public:
  using Clock = std::chrono::steady_clock;
  // Clients that are told apart at a time; those beyond share one bucket.
  static constexpr std::size_t kMost = 10'000;

  // 0: no limit.
  explicit RequestRates(std::uint32_t per_second);

  // Takes one request of this client, or gives the time after which there is room for one.
  std::optional<Clock::duration> take(const std::string& client, Clock::time_point now);

  // Takes as many more of this client, whether there is room for them or not: the next ones wait.
  void charge(const std::string& client, std::uint32_t requests, Clock::time_point now);

  std::size_t clients() const;  // that have a bucket

 private:
  Clock::time_point& bucket_of(const std::string& client, Clock::time_point now);

  const Clock::duration pause_;  // in which one request comes back; zero: no limit
  mutable std::mutex mutex_;
  // When the bucket is full again. One that is full is as good as none.
  std::unordered_map<std::string, Clock::time_point> full_at_;
  Clock::time_point others_;
  Clock::time_point swept_;
};

}  // namespace dockerhub::web
