// Takes the content coding off an answer's body (RFC 9110 8.4) where gzip was asked for, and bounds what
// comes out: a small answer may unpack to any size. One answer, one thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>

#include "http/gzip_decoder.hpp"
#include "http/headers.hpp"

namespace dockerhub::http {

// Whether the answer to a request that asked for gzip has to be unpacked. Errors: network, for any
// other coding.
Result<bool> is_gzip(const Headers& headers);

class ContentDecoder {
 public:
  // `most`: bytes of content.
  explicit ContentDecoder(std::size_t most) : most_(most) {}

  // Bytes of the body as it came; 0 after the last.
  using Source = std::function<Result<std::size_t>(char* buffer, std::size_t capacity)>;
  // Bytes of content; 0 after the last. Errors: network, api for more than `most`, and those of `source`.
  Result<std::size_t> read(const Source& source, char* buffer, std::size_t capacity);

  // Content may be there without a look at the source.
  bool has_input() const { return begin_ < end_ || gzip_.has_more(); }

 private:
  Result<std::size_t> count(std::size_t produced);

  std::size_t most_;
  std::uint64_t total_ = 0;
  GzipDecoder gzip_;
  std::array<char, 16 * 1024> packed_;
  std::size_t begin_ = 0, end_ = 0;  // of what was not unpacked
};

}  // namespace dockerhub::http
