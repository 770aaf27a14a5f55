// The lines of a descriptor's file from a place on, in pieces, so that a file of any length takes little
// memory. One thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "dockerhub/kernel.hpp"

namespace dockerhub {

class FileLines {
 public:
  static constexpr std::size_t kLongest = 1024 * 1024;  // bytes of a line

  // Reads no further than `end`.
  FileLines(int descriptor, std::uint64_t begin, std::uint64_t end)
      : descriptor_(descriptor), offset_(begin), end_(end) {}

  // The next whole line without its end; nullopt after the last. Errors (configuration): a line that is too
  // long, a failed read.
  Result<std::optional<std::string>> next();

  // Bytes after the last line end, once next() gave nullopt.
  std::size_t rest() const { return buffer_.size(); }

 private:
  int descriptor_;
  std::uint64_t offset_, end_;
  std::string buffer_;
  std::size_t taken_ = 0;  // of the buffer
};

}  // namespace dockerhub
