#include "line_writer.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <string>

namespace dockerhub::mcp {
namespace {

// A pipe that is ready for writing has room for this much: a longer write could block for ever.
constexpr std::size_t kPiece = PIPE_BUF;

// JSON keeps its meaning: inside a text a line end is always escaped.
std::string one_line(std::string_view message) {
  std::string line(message);
  std::replace(line.begin(), line.end(), '\n', ' ');
  line += '\n';
  return line;
}

}  // namespace

LineWriter::LineWriter(Descriptor output, int interruption)
    : output_(std::move(output)),
      closed_event_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
      interruption_(interruption) {}

void LineWriter::send(std::string_view message) {
  const std::string line = one_line(message);
  const std::lock_guard lock(mutex_);
  if (!broken_) broken_ = !write_all(line);
}

void LineWriter::close() {
  eventfd_write(closed_event_.get(), 1);
}

bool LineWriter::wait_for_room() {
  std::array<pollfd, 3> ready = {
      {{output_.get(), POLLOUT, 0}, {interruption_, POLLIN, 0}, {closed_event_.get(), POLLIN, 0}}};
  while (poll(ready.data(), ready.size(), -1) < 0) {
    if (errno != EINTR) return false;
  }
  return (ready[0].revents & POLLOUT) != 0;
}

bool LineWriter::write_all(std::string_view bytes) {
  while (!bytes.empty()) {
    if (!wait_for_room()) return false;
    const ssize_t written = write(output_.get(), bytes.data(), std::min(bytes.size(), kPiece));
    if (written < 0 && errno != EINTR && errno != EAGAIN) return false;
    bytes.remove_prefix(static_cast<std::size_t>(std::max<ssize_t>(written, 0)));
  }
  return true;
}

}  // namespace dockerhub::mcp
