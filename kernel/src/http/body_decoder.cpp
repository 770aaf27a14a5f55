#include "http/body_decoder.hpp"

#include <algorithm>
#include <charconv>

#include "http/http_error.hpp"
#include "http/wire_format.hpp"

namespace dockerhub::http {
namespace {

constexpr std::size_t kLongestSizeLine = 1024;  // with chunk extensions

Failure cut_short(const std::string& how) {
  return network_failure("the answer was cut short: " + how,
                         "Try again. What came before was not the whole answer.");
}

}  // namespace

BodyDecoder::BodyDecoder(const BodyFraming& framing) : size_(framing.size), left_(framing.size) {
  switch (framing.kind) {
    case BodyFraming::Kind::none:
      break;
    case BodyFraming::Kind::sized:
      state_ = size_ > 0 ? State::data : State::done;
      break;
    case BodyFraming::Kind::chunked:
      state_ = State::chunk_size;
      break;
    case BodyFraming::Kind::until_close:
      state_ = State::until_close;
      break;
  }
}

Result<BodyDecoder::Step> BodyDecoder::decode(std::string_view input, char* out,
                                              std::size_t capacity) {
  Step all;
  while (!done() && all.consumed < input.size()) {
    const std::string_view rest = input.substr(all.consumed);
    if (state_ == State::data || state_ == State::chunk_data || state_ == State::until_close) {
      const Step step = copy(rest, out + all.produced, capacity - all.produced);
      all.consumed += step.consumed;
      all.produced += step.produced;
      if (step.produced == 0) break;
      continue;
    }
    const auto taken = take_line(rest);
    if (!taken) return Failure(taken.error());
    all.consumed += *taken;
    if (line_.size() < kLineEnd.size() || line_.substr(line_.size() - 2) != kLineEnd) break;
    line_.resize(line_.size() - kLineEnd.size());
    if (auto ended = end_of_line(); !ended) return Failure(ended.error());
    line_.clear();
  }
  return all;
}

Result<void> BodyDecoder::input_ended() {
  switch (state_) {
    case State::done:
      return {};
    case State::until_close:
      state_ = State::done;
      return {};
    case State::data:
      return cut_short("it ended after " + std::to_string(size_ - left_) + " of " +
                       std::to_string(size_) + " bytes");
    default:
      return cut_short("it ended before its last chunk");
  }
}

BodyDecoder::Step BodyDecoder::copy(std::string_view input, char* out, std::size_t capacity) {
  std::size_t count = std::min(input.size(), capacity);
  if (state_ != State::until_close) {
    count = static_cast<std::size_t>(std::min<std::uint64_t>(count, left_));
    left_ -= count;
  }
  std::copy_n(input.data(), count, out);
  if (state_ == State::data && left_ == 0) state_ = State::done;
  if (state_ == State::chunk_data && left_ == 0) state_ = State::chunk_end;
  return {count, count};
}

// Moves input to line_ up to and with its line end, if that is there.
Result<std::size_t> BodyDecoder::take_line(std::string_view input) {
  const std::size_t end = input.find('\n');
  const std::size_t count = end == std::string_view::npos ? input.size() : end + 1;
  const std::size_t most = state_ == State::trailer ? kLargestHead - trailer_ : kLongestSizeLine;
  if (line_.size() + count > most) return malformed("a chunk's framing that is too long");
  line_ += input.substr(0, count);
  if (end != std::string_view::npos && (line_.size() < 2 || line_[line_.size() - 2] != '\r'))
    return malformed("a line without a carriage return in its chunks");
  return count;
}

// line_ is whole, without its end.
Result<void> BodyDecoder::end_of_line() {
  switch (state_) {
    case State::chunk_size:
      return begin_chunk();
    case State::chunk_end:
      if (!line_.empty()) return malformed("a chunk that is longer than its size");
      state_ = State::chunk_size;
      return {};
    default:  // Trailer fields are of no use to us.
      trailer_ += line_.size() + kLineEnd.size();
      if (line_.empty()) state_ = State::done;
      return {};
  }
}

Result<void> BodyDecoder::begin_chunk() {
  const char* end = line_.data() + line_.size();
  const auto [stop, problem] = std::from_chars(line_.data(), end, left_, kHexadecimal);
  const std::string_view rest(stop, static_cast<std::size_t>(end - stop));
  const std::size_t mark = rest.find_first_not_of(" \t");
  const bool extended = mark != std::string_view::npos && rest[mark] == ';';
  if (problem != std::errc() || (mark != std::string_view::npos && !extended))
    return malformed("chunk size '" + visible(line_.substr(0, kHexadecimal * 2)) + "'");
  state_ = left_ > 0 ? State::chunk_data : State::trailer;
  return {};
}

}  // namespace dockerhub::http
