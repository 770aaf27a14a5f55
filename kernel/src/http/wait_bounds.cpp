#include "http/wait_bounds.hpp"

#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <optional>
#include <string>
#include <vector>

#include "http/http_error.hpp"

namespace dockerhub::http {
namespace {

using std::chrono::milliseconds;

std::string duration_text(milliseconds time) {
  constexpr std::int64_t kSecond = 1000;
  return time.count() % kSecond == 0 ? std::to_string(time.count() / kSecond) + " s"
                                     : std::to_string(time.count()) + " ms";
}

Failure timed_out(std::string message, std::string hint) {
  Error error;
  error.kind = ErrorKind::timeout;
  error.message = std::move(message);
  error.hint = std::move(hint);
  return Failure(std::move(error));
}

// Wakes whoever waits for the socket.
struct Shut {
  int socket;
  void operator()() const noexcept { ::shutdown(socket, SHUT_RDWR); }
};

// In the order of WaitBounds::Whose.
struct Words {
  const char* message;
  bool with_time;
  const char* hint;
};
constexpr std::array<Words, 5> kWords = {
    {{"no connection was made within ", true, "Try again later, or raise http.connect_timeout."},
     {"no answer came within ", true, "Try again later, or raise http.first_byte_timeout."},
     {"the connection was idle for ", true, "Try again later, or raise http.idle_timeout."},
     {"the exchange took longer than ", true, "Try again later, or raise http.total_timeout."},
     {"the time of the call ran out", false, "Give the call more time."}}};

Failure cancelled() {
  Error error;
  error.kind = ErrorKind::cancelled;
  error.message = "cancelled while the network was waited for";
  return Failure(std::move(error));
}

// Never below the time that is left, so that poll() does not spin in its last millisecond.
int poll_time(std::optional<Control::Clock::time_point> until, Control::Clock::time_point now) {
  if (!until) return -1;
  const auto left = std::chrono::ceil<milliseconds>(*until - now).count();
  return static_cast<int>(std::clamp<std::int64_t>(left, 0, INT_MAX));
}

}  // namespace

WaitBounds::WaitBounds(const Control& caller, const Timeouts& timeouts)
    : timeouts_(timeouts), control_(caller.within(timeouts.total)), step_begin_(Clock::now()) {
  if (control_.deadline != caller.deadline) longest_ = Whose::total;
}

void WaitBounds::enter(Step step) {
  step_ = step;
  step_begin_ = Clock::now();
}

milliseconds WaitBounds::time_of(Whose whose) const {
  const std::array<milliseconds, 5> times = {timeouts_.connect, timeouts_.first_byte,
                                             timeouts_.idle, timeouts_.total, milliseconds(0)};
  return times[static_cast<std::size_t>(whose)];
}

WaitBounds::End WaitBounds::end_of_wait(Clock::time_point begin) const {
  const End longest{longest_, control_.deadline};
  if (step_ == Step::pause) return longest;
  const auto whose = static_cast<Whose>(step_);
  const milliseconds time = time_of(whose);
  if (time.count() <= 0) return longest;
  const Clock::time_point step_end = (step_ == Step::idle ? begin : step_begin_) + time;
  return !longest.when || step_end < *longest.when ? End{whose, step_end} : longest;
}

Failure WaitBounds::time_over(Whose whose) const {
  const Words& words = kWords[static_cast<std::size_t>(whose)];
  return timed_out(words.message + (words.with_time ? duration_text(time_of(whose)) : ""),
                   words.hint);
}

Result<void> WaitBounds::check() const {
  if (control_.stop.stop_requested()) return cancelled();
  const Clock::time_point now = Clock::now();
  const End end = end_of_wait(now);
  if (end.when && now >= *end.when) return time_over(end.whose);
  return {};
}

Result<bool> WaitBounds::poll_within(std::span<pollfd> polled, milliseconds time) const {
  const Clock::time_point begin = Clock::now();
  const End end = end_of_wait(begin);
  const bool own_end = time.count() >= 0 && (!end.when || begin + time < *end.when);
  const std::optional<Clock::time_point> until = own_end ? begin + time : end.when;
  for (;;) {
    if (control_.stop.stop_requested()) return cancelled();
    const Clock::time_point now = Clock::now();
    const int count = ::poll(polled.data(), polled.size(), poll_time(until, now));
    if (count < 0 && errno != EINTR)
      return network_failure("cannot wait for the network: " + system_text(errno), "Try again.");
    if (count > 0 && !control_.stop.stop_requested()) return true;
    if (count == 0 && Clock::now() >= *until) {
      if (own_end) return false;
      return time_over(end.whose);
    }
  }
}

Result<bool> WaitBounds::wait(std::span<pollfd> descriptors, milliseconds time) {
  if (!stop_ && control_.stop.stop_possible()) stop_ = std::make_unique<StopSignal>(control_.stop);
  std::vector<pollfd> polled(descriptors.begin(), descriptors.end());
  polled.push_back({stop_ ? stop_->descriptor() : -1, POLLIN, 0});
  auto ready = poll_within(polled, time);
  for (std::size_t i = 0; i < descriptors.size(); ++i) descriptors[i].revents = polled[i].revents;
  return ready;
}

Result<void> WaitBounds::wait_for_peer(pollfd& connected) {
  auto ready = [&] {
    const std::stop_callback stop(control_.stop, Shut{connected.fd});
    return poll_within({&connected, 1}, milliseconds(-1));
  }();
  if (!ready) return Failure(std::move(ready.error()));
  // Of a socket that was shut down meanwhile the end of the input is not the peer's.
  if (control_.stop.stop_requested()) return cancelled();
  return {};
}

Result<void> WaitBounds::wait(std::span<pollfd> descriptors) {
  if (auto ready = wait(descriptors, milliseconds(-1)); !ready) return Failure(ready.error());
  return {};
}

Result<void> WaitBounds::pause(milliseconds time) {
  enter(Step::pause);
  const auto passed = wait({}, time);
  if (!passed) return Failure(passed.error());
  return {};
}

}  // namespace dockerhub::http
