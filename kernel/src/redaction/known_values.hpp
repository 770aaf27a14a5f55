// The values of a SecretBook, made ready for searching: plain, base64, percent-encoded, and inside
// JSON. Immutable; any thread.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "credentials/secret.hpp"
#include "redaction/needle_set.hpp"
#include "redaction/span.hpp"

namespace dockerhub {

// A shorter value would mask parts of ordinary words; it is masked only where it is the whole
// string.
inline constexpr std::size_t kShortestSearched = 8;

class KnownValues {
 public:
  explicit KnownValues(const SecretBook::Known& known);

  std::uint64_t version() const { return version_; }

  // Whether there are values that are masked only where they are the whole text.
  bool any_short() const { return !short_.empty(); }

  // The most bytes that a value can take, all of them percent-encoded.
  std::size_t reach() const { return 3 * needles_.longest(); }

  // Appends where values occur.
  void find(std::string_view text, Spans& spans) const;
  bool occur_in(std::string_view text) const;

 private:
  // Ends once there are `limit` spans.
  void search(std::string_view text, Spans& spans, std::size_t limit) const;
  void search_decoded(std::string_view text, bool form, Spans& spans, std::size_t limit) const;

  std::uint64_t version_;
  bool with_space_ = false;  // a value holds a space, which forms write as +
  std::vector<SecretBytes> short_;
  NeedleSet needles_;
};

}  // namespace dockerhub
