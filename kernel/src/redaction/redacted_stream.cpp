#include "redaction/redacted_stream.hpp"

#include <algorithm>
#include <utility>

namespace dockerhub {
namespace {

constexpr std::size_t kMostHeld = 64 * 1024;

bool is_white(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

// The beginning of the word before the one at `at`: "Bearer" and its token stay together.
std::size_t two_words_back(std::string_view text, std::size_t at) {
  for (int word = 0; word < 2; ++word) {
    while (at > 0 && is_white(text[at - 1])) --at;
    while (at > 0 && !is_white(text[at - 1])) --at;
  }
  return at;
}

}  // namespace

std::size_t RedactedStream::settled(const Spans& spans) const {
  const std::size_t sure = held_.size() - std::min(held_.size(), redactor_.reach());
  const bool too_much = held_.size() > kMostHeld + redactor_.reach();
  std::size_t cut = too_much ? sure : two_words_back(held_, sure);
  for (const Span span : spans) {
    if (span.begin < cut && cut < span.end) cut = too_much ? span.end : span.begin;
  }
  return cut;
}

std::string RedactedStream::push(std::string_view piece) {
  held_ += piece;
  Spans spans = redactor_.find(held_);
  std::sort(spans.begin(), spans.end(), [](Span a, Span b) { return a.begin > b.begin; });
  const std::size_t cut = settled(spans);
  if (cut == 0) return {};
  std::erase_if(spans, [cut](Span span) { return span.end > cut; });
  std::string safe = masked(std::string_view(held_).substr(0, cut), std::move(spans));
  held_.erase(0, cut);
  passed_any_ = true;
  return safe;
}

std::string RedactedStream::finish() {
  const std::string rest = std::exchange(held_, {});
  if (!passed_any_) return redactor_.text(rest);
  return masked(rest, redactor_.find(rest));
}

}  // namespace dockerhub
