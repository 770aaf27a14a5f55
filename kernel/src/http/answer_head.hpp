// The head of an answer (RFC 9112): status line and fields, and what they say of its body. Strict: what
// two readers could read differently is refused. Pure functions over bytes from strangers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "dockerhub/kernel.hpp"
#include "http/headers.hpp"

namespace dockerhub::http {

inline constexpr std::size_t kLargestHead = 64 * 1024;  // bytes, with its empty line
inline constexpr std::size_t kMostFields = 200;

struct AnswerHead {
  int minor_version = 1;  // of HTTP/1
  int status_code = 0;    // 100..599
  Headers headers;
};

// Reads the head at the beginning of `bytes` and gives its size; 0: it is not all there yet. Errors
// (network) say what is malformed.
Result<std::size_t> read_head(std::string_view bytes, AnswerHead& head);

struct BodyFraming {
  enum class Kind { none, sized, chunked, until_close };
  Kind kind = Kind::none;
  std::uint64_t size = 0;            // of a sized one
  std::int64_t content_length = -1;  // as told, also where no body follows (HEAD); -1: not told
  bool keep_alive = false;           // whether the connection stays usable after the body
};

// RFC 9112 6.3, with its "ought to" taken for a must: two lengths, a length beside a transfer coding
// and codings other than chunked are errors (network).
Result<BodyFraming> body_framing(const AnswerHead& head, std::string_view method);

}  // namespace dockerhub::http
