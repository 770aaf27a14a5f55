// The Link header (RFC 8288, sections 3 and 3.3) as paged lists use it. Header only, for the kernel and
// for modules. Pure; any thread.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace dockerhub {
namespace link_header {

constexpr bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

// `word` in lower case; names of parameters and relations are the same in both cases.
constexpr bool is_word(std::string_view text, std::string_view word) {
  if (text.size() != word.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if ((c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c) != word[i]) return false;
  }
  return true;
}

inline std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

// Longer targets are no links of a registry.
inline constexpr std::size_t kMostTarget = 8192;

class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  bool at_end() const { return at_ == text_.size(); }
  char peek() const { return at_end() ? '\0' : text_[at_]; }
  bool take(char c) {
    if (at_end() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  void skip_blanks() {
    while (is_blank(peek())) ++at_;
  }
  std::string_view until(std::string_view stops) {
    const std::size_t begin = at_;
    while (!at_end() && stops.find(text_[at_]) == std::string_view::npos) ++at_;
    return text_.substr(begin, at_ - begin);
  }
  // A token, or a quoted-string without its quotes and escapes.
  std::string value() {
    if (!take('"')) return std::string(trimmed(until(";,")));
    std::string text;
    while (!at_end() && !take('"')) {
      take('\\');
      if (!at_end()) text += text_[at_++];
    }
    return text;
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

// A relation is one of several words.
inline bool names_next(std::string_view relations) {
  while (!relations.empty()) {
    const std::size_t end = std::min(relations.find(' '), relations.size());
    if (is_word(relations.substr(0, end), "next")) return true;
    relations.remove_prefix(std::min(end + 1, relations.size()));
  }
  return false;
}

// The parameters of one link; true when its relation is "next". The first rel counts.
inline bool scan_parameters(Scanner& scanner) {
  bool has_relation = false;
  bool is_next = false;
  while (scanner.take(';')) {
    scanner.skip_blanks();
    const std::string_view name = trimmed(scanner.until("=;,"));
    std::string value;
    if (scanner.take('=')) {
      scanner.skip_blanks();
      value = scanner.value();
    }
    if (is_word(name, "rel") && !has_relation) {
      has_relation = true;
      is_next = names_next(value);
    }
    scanner.until(";,");
  }
  return is_next;
}

// Characters that a URI can have (RFC 3986, appendix A), as far as it matters.
inline bool is_clean(std::string_view target) {
  constexpr std::string_view kNever = R"(<>"\)";
  for (const char c : target) {
    if (c <= ' ' || c >= 0x7f || kNever.find(c) != std::string_view::npos) return false;
  }
  return !target.empty() && target.size() <= kMostTarget;
}

}  // namespace link_header

// The target of the first link with the relation "next", as it stands there, absolute or relative: it may
// lead anywhere. nullopt without one. Takes what servers write: several links, other parameters, no
// quotes.
inline std::optional<std::string> next_link_target(std::string_view header) {
  using namespace link_header;
  Scanner scanner(header);
  while (!scanner.at_end()) {
    scanner.until("<");
    if (!scanner.take('<')) return std::nullopt;
    const std::string_view target = scanner.until(">");
    if (!scanner.take('>')) return std::nullopt;
    scanner.skip_blanks();
    if (scan_parameters(scanner) && is_clean(target)) return std::string(target);
  }
  return std::nullopt;
}

}  // namespace dockerhub
