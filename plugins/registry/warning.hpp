// Warnings of a registry: `Warning: 299 - "text"` headers (OCI distribution-spec 1.1.1, "Warnings";
// RFC 7234 5.5). They are told, never acted on. Pure; any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace dockerhub::registry {

// The text of a warning with code 299 and agent "-", as shown_words() writes it; nullopt for any other header value.
std::optional<std::string> warning_text(std::string_view header);

// Lets each text of one call pass once, and all together up to 4096 bytes.
class WarningFilter {
 public:
  bool is_new(const std::string& text);

 private:
  static constexpr std::size_t kMostBytes = 4096;
  std::set<std::string> told_;
  std::size_t bytes_ = 0;
};

}  // namespace dockerhub::registry
