#include "link.hpp"

#include <algorithm>
#include <array>

#include "characters.hpp"

namespace dockerhub::registry {
namespace {

// Longer targets are no links of a registry.
constexpr std::size_t kMostTarget = 8192;

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
bool names_next(std::string_view relations) {
  while (!relations.empty()) {
    const std::size_t end = std::min(relations.find(' '), relations.size());
    if (lower_case(relations.substr(0, end)) == "next") return true;
    relations.remove_prefix(std::min(end + 1, relations.size()));
  }
  return false;
}

// The parameters of one link; true when its relation is "next". The first rel counts.
bool scan_parameters(Scanner& scanner) {
  bool has_relation = false;
  bool is_next = false;
  while (scanner.take(';')) {
    scanner.skip_blanks();
    const std::string name = lower_case(trimmed(scanner.until("=;,")));
    std::string value;
    if (scanner.take('=')) {
      scanner.skip_blanks();
      value = scanner.value();
    }
    if (name == "rel" && !has_relation) {
      has_relation = true;
      is_next = names_next(value);
    }
    scanner.until(";,");
  }
  return is_next;
}

// Characters that a URI can have (RFC 3986, appendix A), as far as it matters.
bool is_clean(std::string_view target) {
  constexpr std::string_view kNever = R"(<>"\)";
  return !target.empty() && target.size() <= kMostTarget && all_of(target, [&](char c) {
    return c > ' ' && c < 0x7f && kNever.find(c) == std::string_view::npos;
  });
}

struct Scheme {
  std::string_view prefix, port;
};
constexpr std::array<Scheme, 2> kSchemes = {{{"https://", ":443"}, {"http://", ":80"}}};

std::string without_suffix(std::string text, std::string_view suffix) {
  if (text.size() > suffix.size() &&
      text.compare(text.size() - suffix.size(), suffix.size(), suffix) == 0) {
    text.resize(text.size() - suffix.size());
  }
  return text;
}

int hex_value(char c) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  const std::size_t at = kDigits.find(to_lower(c));
  return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

std::string percent_decoded(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escaped = text[i] == '%' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 &&
                         hex_value(text[i + 2]) >= 0;
    if (escaped) {
      result += static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]));
      i += 2;
    } else {
      result += text[i] == '+' ? ' ' : text[i];
    }
  }
  return result;
}

}  // namespace

std::optional<std::string> next_link(std::string_view header) {
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

bool stays_at(std::string_view target, std::string_view registry) {
  if (target.substr(0, 2) == "//") return false;
  const std::size_t colon = target.find(':');
  const bool is_relative = colon == std::string_view::npos || target.find_first_of("/?#") < colon;
  if (is_relative) return true;
  for (const Scheme& scheme : kSchemes) {
    if (lower_case(target.substr(0, scheme.prefix.size())) != scheme.prefix) continue;
    const std::string_view rest = target.substr(scheme.prefix.size());
    const std::string authority = lower_case(rest.substr(0, rest.find_first_of("/?#")));
    return without_suffix(authority, scheme.port) ==
           without_suffix(std::string(registry), scheme.port);
  }
  return false;
}

std::optional<std::string> query_parameter(std::string_view target, std::string_view name) {
  target = target.substr(0, target.find('#'));
  const std::size_t mark = target.find('?');
  std::string_view query =
      mark == std::string_view::npos ? std::string_view() : target.substr(mark + 1);
  while (!query.empty()) {
    const std::size_t end = std::min(query.find('&'), query.size());
    const std::string_view pair = query.substr(0, end);
    const std::size_t equals = std::min(pair.find('='), pair.size());
    if (percent_decoded(pair.substr(0, equals)) == name)
      return percent_decoded(pair.substr(std::min(equals + 1, pair.size())));
    query.remove_prefix(std::min(end + 1, query.size()));
  }
  return std::nullopt;
}

}  // namespace dockerhub::registry
