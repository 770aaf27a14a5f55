#include "output_stream.hpp"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <system_error>

namespace dockerhub::cli {

OutputStream::OutputStream(int descriptor, const Interruption& interruption)
    : descriptor_(descriptor), interruption_(interruption), terminal_(::isatty(descriptor) == 1) {}

bool OutputStream::write(std::string_view text) {
  while (!text.empty() && state_ == State::open) {
    if (!interruption_.wait(descriptor_, POLLOUT)) {
      state_ = State::interrupted;
      break;
    }
    // A pipe that poll reports as writable takes this much without blocking, so Ctrl-C is always
    // seen.
    const std::size_t size = std::min<std::size_t>(text.size(), PIPE_BUF);
    const ssize_t written = ::write(descriptor_, text.data(), size);
    if (written >= 0) {
      text.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno == EPIPE) {
      state_ = State::reader_gone;
    } else if (errno != EINTR && errno != EAGAIN) {
      state_ = State::failed;
      failure_ = std::generic_category().message(errno);
    }
  }
  return state_ == State::open;
}

}  // namespace dockerhub::cli
