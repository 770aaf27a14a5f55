// Masks secrets in everything that leaves the process: answers, errors, items, questions, log
// lines.
//
// Three rules (SECURITY.md): by key (the value of `password`, `token`...), by shape
// (dckr_pat_..., dckr_oat_..., "Bearer ...", JWT triplets) and by known value (the SecretBook's,
// also base64 and percent-encoded; values under 8 characters only as whole strings). A field that
// its row marks "shown once" is exempt from key and shape, never from known values. The mask is
// always the same text. Any thread; a call works on the book's snapshot of its beginning.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "credentials/secret.hpp"
#include "dockerhub/kernel.hpp"
#include "redaction/json_filter.hpp"
#include "redaction/span.hpp"

namespace dockerhub {

inline constexpr std::string_view kMask = "***redacted***";

class Redactor {
 public:
  explicit Redactor(std::shared_ptr<SecretBook> book);
  ~Redactor();
  Redactor(const Redactor&) = delete;
  Redactor& operator=(const Redactor&) = delete;

  // Any text: shapes and known values.
  std::string text(std::string_view text) const;

  // A JSON value, keys kept in order; `shown_once` are member names at any depth of it. Text that
  // is not valid JSON is an error (ErrorKind::module_fault), so that nothing passes unchecked.
  Result<std::string> json(std::string_view json, const std::vector<std::string>& shown_once = {},
                           KeyRule key_rule = KeyRule::apply) const;

  // The most bytes that a known value can take, however it is encoded.
  std::size_t reach() const;

  // True when the bytes hold a known value: content whose digest is its contract is refused, not
  // rewritten.
  bool holds_secret(std::string_view bytes) const;
  // The same of a valid JSON text, and of each of its keys and texts as it is read: also where escapes
  // write a value in another way, or a value too short to be searched for is the whole of one.
  bool json_holds_secret(std::string_view json) const;

  // An error with all its texts redacted.
  Error error(Error error) const;

 private:
  // The places of a text that text() masks.
  Spans find(std::string_view text) const;

  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace dockerhub
