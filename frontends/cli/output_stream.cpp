#include "output_stream.hpp"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <system_error>
#include <utility>

#include "screen.hpp"

namespace dockerhub::cli {

OutputStream::OutputStream(int descriptor, const Interruption& interruption)
    : descriptor_(descriptor), interruption_(interruption), terminal_(::isatty(descriptor) == 1) {}

std::size_t OutputStream::columns() const {
  return terminal_ ? screen_size(descriptor_).columns : 0;
}

void OutputStream::page_with(std::string command) {
  if (terminal_ && untouched_) pager_command_ = std::move(command);
}

bool OutputStream::write(std::string_view text) {
  untouched_ = false;
  if (listener_) listener_(text);
  if (!hold(text)) write_all(pager_ ? pager_->descriptor() : descriptor_, text);
  return state_ == State::open;
}

void OutputStream::finish() {
  pager_command_.clear();
  release();
  pager_.reset();
  spared_.reset();
}

// False: it has to be written now. With a whole screen the pager begins.
bool OutputStream::hold(std::string_view text) {
  if (pager_command_.empty() || pager_ != nullptr) return false;
  held_ += text;
  held_lines_ += static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
  // The prompt of the shell needs a line, too.
  if (held_lines_ + 1 < screen_size(descriptor_).rows) return true;
  // From before its start on: the pager may be the first to send a Ctrl-C.
  spared_.emplace(interruption_);
  pager_ = Pager::start(std::exchange(pager_command_, {}));
  if (!pager_) spared_.reset();
  release();
  return true;
}

void OutputStream::release() {
  const std::string held = std::exchange(held_, {});
  write_all(pager_ ? pager_->descriptor() : descriptor_, held);
}

void OutputStream::write_all(int descriptor, std::string_view text) {
  while (!text.empty() && state_ == State::open) {
    if (!interruption_.wait(descriptor, POLLOUT)) {
      state_ = State::interrupted;
      break;
    }
    // A pipe that poll reports as writable takes this much without blocking, so Ctrl-C is always
    // seen.
    const std::size_t size = std::min<std::size_t>(text.size(), PIPE_BUF);
    const ssize_t written = ::write(descriptor, text.data(), size);
    if (written >= 0) {
      text.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno == EPIPE) {
      state_ = State::reader_gone;
    } else if (errno != EINTR && errno != EAGAIN) {
      state_ = State::failed;
      failure_ = std::generic_category().message(errno);
    }
  }
}

}  // namespace dockerhub::cli
