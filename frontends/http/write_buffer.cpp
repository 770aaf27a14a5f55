#include "write_buffer.hpp"

#include <algorithm>

namespace dockerhub::web {

void WriteBuffer::wrote(std::size_t count) {
  written_ += count;
  if (empty()) return clear();
  // As much as is left at least, so that each byte is moved once.
  if (written_ < std::max(kChunk, size())) return;
  bytes_.erase(0, written_);
  written_ = 0;
}

void WriteBuffer::clear() {
  // A connection that waits for its next request keeps no more room than that.
  if (bytes_.capacity() > kChunk) std::string().swap(bytes_);
  bytes_.clear();
  written_ = 0;
}

}  // namespace dockerhub::web
