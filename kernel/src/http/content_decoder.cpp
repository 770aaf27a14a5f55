#include "http/content_decoder.hpp"

#include <string>

#include "http/http_error.hpp"

namespace dockerhub::http {

Result<bool> is_gzip(const Headers& headers) {
  const auto codings = headers.all("Content-Encoding");
  if (codings.empty()) return false;
  const std::string_view coding = codings.front();
  const bool one = codings.size() == 1;
  if (one && (coding.empty() || same_name(coding, "identity"))) return false;
  // The second name is of before RFC 9110, and means the same.
  if (one && (same_name(coding, "gzip") || same_name(coding, "x-gzip"))) return true;
  return malformed("a content coding that was not asked for: '" + visible(coding) + "'");
}

Result<std::size_t> ContentDecoder::count(std::size_t produced) {
  total_ += produced;
  if (total_ <= most_) return produced;
  Error error;
  error.kind = ErrorKind::api;
  error.message = "the answer unpacks to more than " + std::to_string(most_) + " bytes";
  error.hint = "Ask for less at once, or raise http.max_answer.";
  return Failure(std::move(error));
}

Result<std::size_t> ContentDecoder::read(const Source& source, char* buffer, std::size_t capacity) {
  for (;;) {
    const auto step = gzip_.decode({packed_.data() + begin_, end_ - begin_}, buffer, capacity);
    if (!step) return Failure(step.error());
    begin_ += step->consumed;
    if (step->produced > 0) return count(step->produced);
    const auto got = source(packed_.data(), packed_.size());
    if (!got) return Failure(got.error());
    begin_ = 0;
    end_ = *got;
    if (*got > 0) continue;
    if (auto ended = gzip_.input_ended(); !ended) return Failure(ended.error());
    return 0;
  }
}

}  // namespace dockerhub::http
