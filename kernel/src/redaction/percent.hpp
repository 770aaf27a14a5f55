// Percent-encoded text, undone with the way back to where each byte stood: whoever encodes may
// choose which characters to encode and in which case, so that a secret has no fixed encoded form.
// Any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "redaction/span.hpp"

namespace dockerhub {

class Decoded {
 public:
  const std::string& text() const { return text_; }
  Span in_source(Span span) const { return {origin(span.begin), origin(span.end)}; }

 private:
  friend std::optional<Decoded> percent_decoded(std::string_view text, bool form);

  std::size_t origin(std::size_t at) const;

  std::string text_;
  std::vector<std::size_t> escapes_;  // which bytes of text_ were a %XX; in order
};

// The text with %XX decoded, and + as a space where `form` says so; nothing when that changes
// nothing.
std::optional<Decoded> percent_decoded(std::string_view text, bool form);

// The parts of a text, in order, that lie within `reach` bytes of a %XX, or of a + where `form` says so:
// all that decoding can bring to light is in one of them. They do not overlap.
Spans escaped_parts(std::string_view text, std::size_t reach, bool form);

}  // namespace dockerhub
