#include "http/stop_signal.hpp"

#include <sys/eventfd.h>
#include <unistd.h>

#include <cstdint>

namespace dockerhub::http {

StopSignal::StopSignal(const std::stop_token& stop)
    : event_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)), callback_(stop, Ring{event_.get()}) {}

void StopSignal::Ring::operator()() const noexcept {
  const std::uint64_t one = 1;
  // An eventfd refuses only what would overflow it.
  [[maybe_unused]] const ssize_t written = ::write(event, &one, sizeof(one));
}

}  // namespace dockerhub::http
