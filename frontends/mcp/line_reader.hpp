// Lines from a descriptor, each one message: bounded in size, and ended early by an interruption.
// Belongs to one thread.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "descriptor.hpp"

namespace dockerhub::mcp {

class LineReader {
 public:
  static constexpr std::size_t kMaxLine = std::size_t{64} * 1024 * 1024;

  enum class Got {
    line,
    too_long,     // more than kMaxLine bytes: skipped up to its end
    end,          // of the input, or it broke
    interrupted,  // `interruption` became readable
  };

  // interruption: a descriptor to poll; never read here. Owned by the caller.
  LineReader(Descriptor input, int interruption);

  // Waits for a line; without its line end, and never empty.
  Got next(std::string& line);

 private:
  bool take_line(std::string& line);
  Got fill();

  const Descriptor input_;
  const int interruption_;
  std::vector<char> chunk_;  // what one read gives
  std::string buffer_;
  std::size_t begin_ = 0;     // of the line
  std::size_t searched_ = 0;  // no line end before this
  bool skipping_ = false;
  bool ended_ = false;
};

}  // namespace dockerhub::mcp
