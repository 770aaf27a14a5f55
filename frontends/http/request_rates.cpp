#include "request_rates.hpp"

#include <algorithm>

namespace dockerhub::web {
namespace {

constexpr RequestRates::Clock::duration kWindow = std::chrono::seconds(1);
// Between two looks at a whole table that is full.
constexpr RequestRates::Clock::duration kSweep = std::chrono::milliseconds(100);

}  // namespace

RequestRates::RequestRates(std::uint32_t per_second)
    : pause_(per_second == 0 ? Clock::duration::zero() : kWindow / per_second) {}

std::optional<RequestRates::Clock::duration> RequestRates::take(const std::string& client,
                                                                Clock::time_point now) {
  if (pause_ == Clock::duration::zero()) return std::nullopt;
  const std::lock_guard lock(mutex_);
  Clock::time_point& full_at = bucket_of(client, now);
  const Clock::time_point then = std::max(full_at, now) + pause_;
  if (then - now > kWindow) return then - now - kWindow;
  full_at = then;
  return std::nullopt;
}

void RequestRates::charge(const std::string& client, std::uint32_t requests,
                          Clock::time_point now) {
  if (pause_ == Clock::duration::zero() || requests == 0) return;
  const std::lock_guard lock(mutex_);
  Clock::time_point& full_at = bucket_of(client, now);
  full_at = std::max(full_at, now) + pause_ * requests;
}

RequestRates::Clock::time_point& RequestRates::bucket_of(const std::string& client,
                                                         Clock::time_point now) {
  const auto found = full_at_.find(client);
  if (found != full_at_.end()) return found->second;
  if (full_at_.size() >= kMost && now - swept_ >= kSweep) {
    swept_ = now;
    std::erase_if(full_at_, [now](const auto& each) { return each.second <= now; });
  }
  return full_at_.size() < kMost ? full_at_[client] : others_;
}

std::size_t RequestRates::clients() const {
  const std::lock_guard lock(mutex_);
  return full_at_.size();
}

}  // namespace dockerhub::web
