#include "http/retry_policy.hpp"

#include <algorithm>
#include <array>

namespace dockerhub::http {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kFirst{250};
constexpr milliseconds kMostJitter{250};
constexpr std::array kPassing = {429, 502, 503, 504};

}  // namespace

bool may_repeat(const Request& request, Attempted attempted) {
  if (!request.retry) return false;
  if (attempted != Attempted::unknown || request.repeatable) return true;
  return request.method == "GET" || request.method == "HEAD";
}

bool is_passing(int status_code) {
  return std::find(kPassing.begin(), kPassing.end(), status_code) != kPassing.end();
}

Backoff::Backoff()
    : chance_(static_cast<std::minstd_rand::result_type>(
          std::chrono::steady_clock::now().time_since_epoch().count())) {}

milliseconds Backoff::up_to(milliseconds most) {
  return milliseconds(std::uniform_int_distribution<std::int64_t>(0, most.count())(chance_));
}

milliseconds Backoff::next(int repeats, milliseconds longest) {
  constexpr int kMostDoublings = 10;
  const milliseconds time = kFirst * (1 << std::min(repeats, kMostDoublings));
  return std::min(time + up_to(time / 4), longest);
}

milliseconds Backoff::after(milliseconds asked) {
  return asked + up_to(kMostJitter);
}

}  // namespace dockerhub::http
