#include "http/gzip_decoder.hpp"

#include <zlib.h>

#include <algorithm>
#include <limits>
#include <string>

#include "http/http_error.hpp"

namespace dockerhub::http {
namespace {

constexpr int kGzipOnly = 16;  // added to the window's size (zlib's inflateInit2)

uInt bounded(std::size_t size) {
  return static_cast<uInt>(std::min<std::size_t>(size, std::numeric_limits<uInt>::max()));
}

}  // namespace

struct GzipDecoder::Stream {
  z_stream zlib = {};
  bool made = false;

  Stream() = default;
  ~Stream() {
    if (made) ::inflateEnd(&zlib);
  }
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;
};

GzipDecoder::GzipDecoder() : stream_(std::make_unique<Stream>()) {}

GzipDecoder::~GzipDecoder() = default;

Result<void> GzipDecoder::begin_member() {
  Stream& stream = *stream_;
  const int status = stream.made ? ::inflateReset(&stream.zlib)
                                 : ::inflateInit2(&stream.zlib, MAX_WBITS + kGzipOnly);
  if (status != Z_OK) return network_failure("no memory to unpack the answer", "Try again later.");
  stream.made = true;
  state_ = State::in_member;
  return {};
}

Result<GzipDecoder::Step> GzipDecoder::decode(std::string_view input, char* out,
                                              std::size_t capacity) {
  Step all;
  while (all.produced < capacity && (all.consumed < input.size() || has_more_)) {
    if (state_ == State::before_member) {
      if (auto begun = begin_member(); !begun) return Failure(begun.error());
    }
    z_stream& zlib = stream_->zlib;
    const uInt given = bounded(input.size() - all.consumed);
    const uInt room = bounded(capacity - all.produced);
    // zlib does not write to its input, but has it without const.
    zlib.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(input.data() + all.consumed));
    zlib.avail_in = given;
    zlib.next_out = reinterpret_cast<Bytef*>(out + all.produced);
    zlib.avail_out = room;
    const int status = ::inflate(&zlib, Z_NO_FLUSH);
    all.consumed += given - zlib.avail_in;
    all.produced += room - zlib.avail_out;
    has_more_ = status == Z_OK && zlib.avail_out == 0;
    if (status == Z_STREAM_END) state_ = State::before_member;
    if (status == Z_BUF_ERROR) break;
    if (status != Z_OK && status != Z_STREAM_END)
      return malformed("its content is no gzip, or damaged");
  }
  return all;
}

Result<void> GzipDecoder::input_ended() const {
  if (state_ == State::before_member) return {};
  return network_failure("the answer was cut short: its gzip content ends too early", "Try again.");
}

}  // namespace dockerhub::http
