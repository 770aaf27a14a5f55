// Redacts a text that comes in pieces, so that a secret is found wherever the pieces were cut: what may be the
// beginning of one is held back until it is clear what it is. At most 64 KiB and the longest known value are
// held; a token that is longer than that is masked in parts. Belongs to one thread.
#pragma once

#include <string>
#include <string_view>

#include "redaction/redactor.hpp"

namespace dockerhub {

class RedactedStream {
 public:
  // The redactor outlives this.
  explicit RedactedStream(const Redactor& redactor) : redactor_(redactor) {}

  // Takes a piece and gives what can be passed on by now, which may be nothing.
  std::string push(std::string_view piece);
  // The end: what was held back.
  std::string finish();

 private:
  // Up to where nothing can change any more by what follows.
  std::size_t settled(const Spans& spans) const;

  const Redactor& redactor_;
  std::string held_;
  bool passed_any_ = false;
};

}  // namespace dockerhub
