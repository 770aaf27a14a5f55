// Bytes that wait to be written to a client. What it has taken is dropped as it reads, so that of an answer without end
// no more is kept than it is behind. A value; one thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace dockerhub::web {

class WriteBuffer {
 public:
  // To append to, and for nothing else. Among its bytes are some that were written: at most as many as wait, or as a
  // chunk has.
  std::string& bytes() { return bytes_; }

  std::string_view waiting() const { return std::string_view(bytes_).substr(written_); }
  std::size_t size() const { return bytes_.size() - written_; }  // of waiting()
  bool empty() const { return size() == 0; }

  // So many of waiting(), from its front, have been written.
  void wrote(std::size_t count);
  void clear();

  static constexpr std::size_t kChunk = std::size_t{64} * 1024;

 private:
  std::string bytes_;
  std::size_t written_ = 0;  // of bytes_
};

}  // namespace dockerhub::web
