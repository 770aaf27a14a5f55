#include "line_writer.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <string>
#include <utility>

#include "message.hpp"

namespace dockerhub::mcp {
namespace {

// A pipe that is ready for writing has room for this much: a longer write could block for ever.
constexpr std::size_t kPiece = PIPE_BUF;

std::string one_line(std::string_view message) {
  std::string line;
  line.reserve(message.size() + 1);
  line += message;
  blank_line_ends(line);
  line += '\n';
  return line;
}

bool is_pipe(const Descriptor& output) {
  struct stat about = {};
  return fstat(output.get(), &about) == 0 && S_ISFIFO(about.st_mode);
}

// The same pipe, opened once more: its mode is nobody else's. Empty where there is none, or it is not allowed. One that
// can be read through `output` may have no other reader and is left alone.
Descriptor with_own_mode(const Descriptor& output) {
  const bool is_written_only = (fcntl(output.get(), F_GETFL) & O_ACCMODE) == O_WRONLY;
  if (!is_pipe(output) || !is_written_only) return Descriptor();
  const std::string path = "/proc/self/fd/" + std::to_string(output.get());
  return Descriptor(open(path.c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC));
}

bool is_stream_socket(const Descriptor& output) {
  int type = 0;
  socklen_t size = sizeof type;
  return getsockopt(output.get(), SOL_SOCKET, SO_TYPE, &type, &size) == 0 && type == SOCK_STREAM;
}

}  // namespace

LineWriter::LineWriter(Descriptor output, int interruption)
    : output_(std::move(output)),
      closed_event_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
      interruption_(interruption) {
  if (Descriptor own = with_own_mode(output_)) {
    output_ = std::move(own);
    way_ = Way::own_mode;
  } else if (is_stream_socket(output_)) {
    way_ = Way::socket;
  }
}

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

ssize_t LineWriter::write_some(std::string_view bytes) {
  switch (way_) {
    case Way::own_mode:
      return write(output_.get(), bytes.data(), bytes.size());
    case Way::socket:
      return ::send(output_.get(), bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    case Way::small_pieces:
      break;
  }
  if (!wait_for_room()) return 0;
  return write(output_.get(), bytes.data(), std::min(bytes.size(), kPiece));
}

bool LineWriter::write_all(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = write_some(bytes);
    const bool is_full = written < 0 && errno == EAGAIN;
    if (written == 0 || (written < 0 && !is_full && errno != EINTR)) return false;
    if (is_full && !wait_for_room()) return false;
    bytes.remove_prefix(static_cast<std::size_t>(std::max<ssize_t>(written, 0)));
  }
  return true;
}

}  // namespace dockerhub::mcp
