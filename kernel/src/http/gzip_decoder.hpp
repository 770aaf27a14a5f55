// The content of a body that came as gzip (RFC 1952), one member or several. Pure: bytes in, bytes out;
// one answer, one thread. How much may come out is the caller's to bound.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

#include "dockerhub/kernel.hpp"

namespace dockerhub::http {

class GzipDecoder {
 public:
  GzipDecoder();
  ~GzipDecoder();
  GzipDecoder(const GzipDecoder&) = delete;
  GzipDecoder& operator=(const GzipDecoder&) = delete;

  struct Step {
    std::size_t consumed = 0;  // of the input
    std::size_t produced = 0;  // in `out`
  };
  // Takes what it can from `input`, which may be empty. Nothing was produced: more input is needed.
  // Errors: network, for what is no gzip or damaged.
  Result<Step> decode(std::string_view input, char* out, std::size_t capacity);
  // Whether content may be there without more input.
  bool has_more() const { return has_more_; }

  // No more input comes: the end, or an error (network) within a member. A body without a byte is an
  // empty content.
  Result<void> input_ended() const;

 private:
  enum class State { before_member, in_member };
  struct Stream;

  Result<void> begin_member();

  std::unique_ptr<Stream> stream_;
  State state_ = State::before_member;
  bool has_more_ = false;
};

}  // namespace dockerhub::http
