// Names of content by its hash, "algorithm:encoded" (OCI image-spec 1.1.1, descriptor.md, "Digests").
// Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "fault.hpp"

namespace dockerhub::registry {

class DigestName {
 public:
  // sha256 has 64, sha512 128 digits, in lower case; other algorithms only fit the grammar.
  static std::optional<DigestName> parse(std::string_view text);
  // The same of a parameter of the call.
  static Checked<DigestName> of_parameter(const char* parameter, std::string_view text);

  const std::string& text() const { return text_; }
  std::string_view algorithm() const { return std::string_view(text_).substr(0, colon_); }
  std::string_view encoded() const { return std::string_view(text_).substr(colon_ + 1); }
  // Whether the kernel can compute it; others are identifiers only.
  bool is_verifiable() const { return algorithm() == "sha256" || algorithm() == "sha512"; }

  friend bool operator==(const DigestName& a, const DigestName& b) { return a.text_ == b.text_; }

 private:
  DigestName(std::string_view text, std::size_t colon) : text_(text), colon_(colon) {}

  std::string text_;
  std::size_t colon_;
};

// The tag under which a registry without the referrers API keeps the referrers of a digest (OCI
// distribution-spec 1.1.1, "Referrers Tag Schema").
std::string fallback_tag(const DigestName& digest);

}  // namespace dockerhub::registry
