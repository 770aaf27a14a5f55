#include "line_reader.hpp"

#include <poll.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace dockerhub::mcp {
namespace {

constexpr std::size_t kChunk = std::size_t{64} * 1024;
constexpr std::string_view kBlank = " \t\r";

}  // namespace

LineReader::LineReader(Descriptor input, int interruption)
    : input_(std::move(input)), interruption_(interruption), chunk_(kChunk) {}

// False when the buffer holds no whole line. What follows the last line end counts as one at the
// end.
bool LineReader::take_line(std::string& line) {
  std::size_t end = buffer_.find('\n', searched_);
  if (end == std::string::npos) {
    searched_ = buffer_.size();
    if (!ended_ || begin_ == buffer_.size()) return false;
    end = buffer_.size();
  }
  line.assign(buffer_, begin_, end - begin_);
  explicit_bzero(buffer_.data() + begin_, end - begin_);
  begin_ = searched_ = std::min(end + 1, buffer_.size());
  return true;
}

LineReader::Got LineReader::fill() {
  // A buffer that held a huge line is given back.
  if (begin_ == buffer_.size() && buffer_.capacity() > 16 * kChunk) std::string().swap(buffer_);
  buffer_.erase(0, begin_);
  searched_ -= begin_;
  begin_ = 0;

  std::array<pollfd, 2> ready = {{{input_.get(), POLLIN, 0}, {interruption_, POLLIN, 0}}};
  if (poll(ready.data(), ready.size(), -1) < 0) return errno == EINTR ? Got::line : Got::end;
  if (ready[1].revents != 0) return Got::interrupted;
  const ssize_t got = read(input_.get(), chunk_.data(), chunk_.size());
  if (got > 0) {
    buffer_.append(chunk_.data(), static_cast<std::size_t>(got));
    explicit_bzero(chunk_.data(), static_cast<std::size_t>(got));
  }
  if (got > 0 || (got < 0 && (errno == EINTR || errno == EAGAIN))) return Got::line;
  return Got::end;
}

LineReader::Got LineReader::next(std::string& line) {
  for (;;) {
    while (take_line(line)) {
      if (skipping_ || line.size() > kMaxLine) {
        skipping_ = false;
        return Got::too_long;
      }
      if (line.find_first_not_of(kBlank) != std::string::npos) return Got::line;
    }
    if (ended_) return Got::end;
    if (buffer_.size() - begin_ > kMaxLine) {
      skipping_ = true;
      begin_ = searched_ = buffer_.size();
    }
    const Got got = fill();
    if (got == Got::interrupted) return got;
    ended_ = got == Got::end;
  }
}

}  // namespace dockerhub::mcp
