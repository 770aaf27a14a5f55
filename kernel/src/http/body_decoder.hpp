// The body of an answer, taken out of its framing (RFC 9112 6 and 7): sized, chunked or until the
// connection is closed. An end that comes too early is an error. Pure: bytes in, bytes out; one
// answer, one thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "dockerhub/kernel.hpp"
#include "http/answer_head.hpp"

namespace dockerhub::http {

class BodyDecoder {
 public:
  explicit BodyDecoder(const BodyFraming& framing);

  struct Step {
    std::size_t consumed = 0;  // of the input
    std::size_t produced = 0;  // in `out`
  };
  // Takes what it can from `input`. Both counts are 0 only when more input is needed, `capacity` is 0
  // or the body is done.
  Result<Step> decode(std::string_view input, char* out, std::size_t capacity);

  // The connection ended, in order and after all input was decoded: the body's end, or an error
  // (network) that says how much is missing.
  Result<void> input_ended();

  // Nothing of the body is to come.
  bool done() const { return state_ == State::done; }

 private:
  enum class State { data, chunk_data, chunk_size, chunk_end, trailer, until_close, done };

  Step copy(std::string_view input, char* out, std::size_t capacity);
  Result<std::size_t> take_line(std::string_view input);
  Result<void> end_of_line();
  Result<void> begin_chunk();

  State state_ = State::done;
  std::uint64_t size_ = 0;   // of a sized body, for the error
  std::uint64_t left_ = 0;   // of the body, or of the chunk
  std::string line_;         // of the framing, as far as it is there
  std::size_t trailer_ = 0;  // bytes of trailer fields so far
};

}  // namespace dockerhub::http
