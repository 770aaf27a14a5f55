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

struct Decoded {
  std::string text;
  std::vector<std::size_t> origins;  // of each byte, and of the end: where it stands in the source

  Span in_source(Span span) const { return {origins[span.begin], origins[span.end]}; }
};

// The text with %XX decoded, and + as a space where `form` says so; nothing when that changes
// nothing.
std::optional<Decoded> percent_decoded(std::string_view text, bool form);

}  // namespace dockerhub
