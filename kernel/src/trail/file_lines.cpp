#include "trail/file_lines.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

#include "config/values.hpp"

namespace dockerhub {
namespace {

Failure unreadable(const std::string& cause) {
  return refused("the trail cannot be read: " + cause,
                 "Check the disk; keep a copy of the folder.");
}

}  // namespace

Result<std::optional<std::string>> FileLines::next() {
  constexpr std::size_t kStep = 64 * 1024;
  for (std::size_t looked = taken_;;) {
    const std::size_t line_end = buffer_.find('\n', looked);
    if (line_end != std::string::npos) {
      std::string line = buffer_.substr(taken_, line_end - taken_);
      taken_ = line_end + 1;
      return line;
    }
    buffer_.erase(0, taken_);
    taken_ = 0;
    looked = buffer_.size();
    if (looked > kLongest) return unreadable("a line is longer than any that is written");
    if (offset_ >= end_) return std::nullopt;
    buffer_.resize(looked +
                   static_cast<std::size_t>(std::min<std::uint64_t>(kStep, end_ - offset_)));
    const ssize_t got = ::pread(descriptor_, buffer_.data() + looked, buffer_.size() - looked,
                                static_cast<off_t>(offset_));
    const int problem = errno;
    buffer_.resize(looked + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    if (got < 0 && problem != EINTR) return unreadable(std::generic_category().message(problem));
    if (got == 0) end_ = offset_;
    if (got > 0) offset_ += static_cast<std::uint64_t>(got);
  }
}

}  // namespace dockerhub
