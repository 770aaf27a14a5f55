#include "redaction/span.hpp"

#include <algorithm>

#include "redaction/redactor.hpp"

namespace dockerhub {

std::string masked(std::string_view text, Spans spans) {
  std::sort(spans.begin(), spans.end(), [](Span a, Span b) { return a.begin < b.begin; });
  std::string out;
  out.reserve(text.size());
  std::size_t done = 0;
  bool any = false;
  for (const Span& span : spans) {
    if (!any || span.begin > done) {
      out += text.substr(done, span.begin - done);
      out += kMask;
    }
    any = true;
    done = std::max(done, span.end);
  }
  out += text.substr(done);
  return out;
}

}  // namespace dockerhub
