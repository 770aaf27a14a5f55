#include "server/stop_signal.hpp"

#include <sys/eventfd.h>

#include <cerrno>
#include <system_error>

namespace dockerhub::sandbox {

StopSignal::StopSignal() : event_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  if (!event_) throw std::system_error(errno, std::generic_category(), "eventfd");
}

void StopSignal::raise() const {
  eventfd_write(event_.get(), 1);
}

}  // namespace dockerhub::sandbox
