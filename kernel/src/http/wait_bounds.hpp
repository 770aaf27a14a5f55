// What ends the waits of one exchange: its caller's deadline, its own, the time of the step that is
// waited for, and a request to stop. Belongs to one thread at a time.
#pragma once

#include <poll.h>

#include <chrono>
#include <memory>
#include <optional>
#include <span>

#include "dockerhub/kernel.hpp"
#include "http/control.hpp"
#include "http/stop_signal.hpp"

namespace dockerhub::http {

// Zero: no bound.
struct Timeouts {
  std::chrono::milliseconds connect{0};     // name, connection and TLS handshake
  std::chrono::milliseconds first_byte{0};  // of the answer, after the request was sent
  std::chrono::milliseconds idle{0};        // without a byte going on
  std::chrono::milliseconds total{0};       // of the exchange
};

class WaitBounds {
 public:
  enum class Step { connect, first_byte, idle, pause };

  WaitBounds(const Control& caller, const Timeouts& timeouts);

  // What is waited for from now on. The times of connect and first_byte begin here, that of idle with
  // each wait; a pause has none of its own.
  void enter(Step step);

  // Waits until a descriptor has one of its events (see poll(2); all are looked at). Errors: timeout,
  // which says whose time passed, and cancelled.
  Result<void> wait(std::span<pollfd> descriptors);
  // The same; false when nothing happened within `time`.
  Result<bool> wait(std::span<pollfd> descriptors, std::chrono::milliseconds time);
  // Waits for one socket, which is connected. A request to stop shuts it down: nothing goes over it any more.
  Result<void> wait_for_peer(pollfd& connected);
  // Enters a pause and lets that time pass.
  Result<void> pause(std::chrono::milliseconds time);

  // An error when the time is over or a stop was requested.
  Result<void> check() const;

  // The caller's, bounded by this exchange's end.
  const Control& control() const { return control_; }

 private:
  using Clock = Control::Clock;
  enum class Whose { connect, first_byte, idle, total, caller };
  struct End {
    Whose whose = Whose::caller;
    std::optional<Clock::time_point> when;  // nullopt: never
  };

  std::chrono::milliseconds time_of(Whose whose) const;
  End end_of_wait(Clock::time_point begin) const;
  Failure time_over(Whose whose) const;
  // False: not within `time` (below zero: without an end of its own).
  Result<bool> poll_within(std::span<pollfd> polled, std::chrono::milliseconds time) const;

  Timeouts timeouts_;
  Control control_;
  Whose longest_ = Whose::caller;  // whose end control_.deadline is
  Step step_ = Step::pause;
  Clock::time_point step_begin_;
  std::unique_ptr<StopSignal> stop_;  // made by the first wait
};

}  // namespace dockerhub::http
