#include "redaction/known_values.hpp"

#include <algorithm>
#include <iterator>
#include <limits>

#include "redaction/encoded_forms.hpp"
#include "redaction/percent.hpp"

namespace dockerhub {
namespace {

std::vector<SecretBytes> all_forms(const SecretBook::Known& known) {
  std::vector<SecretBytes> forms;
  for (const Secret& value : known.values) {
    if (value.reveal().size() < kShortestSearched) continue;
    std::vector<SecretBytes> some = encoded_forms(value.reveal());
    std::move(some.begin(), some.end(), std::back_inserter(forms));
  }
  return forms;
}

}  // namespace

KnownValues::KnownValues(const SecretBook::Known& known)
    : version_(known.version), needles_(all_forms(known)) {
  for (const Secret& value : known.values) {
    const std::string_view text = value.reveal();
    with_space_ = with_space_ || text.find(' ') != std::string_view::npos;
    if (text.size() < kShortestSearched) short_.emplace_back(text.begin(), text.end());
  }
}

void KnownValues::find(std::string_view text, Spans& spans) const {
  search(text, spans, std::numeric_limits<std::size_t>::max());
}

bool KnownValues::occur_in(std::string_view text) const {
  Spans spans;
  search(text, spans, 1);
  return !spans.empty();
}

void KnownValues::search(std::string_view text, Spans& spans, std::size_t limit) const {
  const auto whole = [text](const SecretBytes& value) {
    return std::equal(value.begin(), value.end(), text.begin(), text.end());
  };
  if (std::any_of(short_.begin(), short_.end(), whole)) {
    spans.push_back({0, text.size()});
    return;
  }
  if (needles_.empty()) return;
  needles_.find(text, spans, limit);
  if (spans.size() < limit) search_decoded(text, false, spans, limit);
  if (with_space_ && spans.size() < limit) search_decoded(text, true, spans, limit);
}

// Binary content has few bytes that look like an escape: it is not decoded as a whole.
void KnownValues::search_decoded(std::string_view text, bool form, Spans& spans,
                                 std::size_t limit) const {
  for (const Span part : escaped_parts(text, reach(), form)) {
    const auto decoded = percent_decoded(text.substr(part.begin, part.end - part.begin), form);
    if (!decoded) continue;
    Spans found;
    needles_.find(decoded->text(), found, limit);
    for (const Span span : found) {
      const Span source = decoded->in_source(span);
      spans.push_back({part.begin + source.begin, part.begin + source.end});
    }
    if (spans.size() >= limit) return;
  }
}

}  // namespace dockerhub
