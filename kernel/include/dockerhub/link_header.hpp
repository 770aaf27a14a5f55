// The Link header (RFC 8288) as paged lists use it. Header only, for the kernel and for modules; free
// functions; any thread.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string_view>

namespace dockerhub {
namespace link_header {

inline constexpr std::string_view kBlanks = " \t";

// Without case, in ASCII.
inline bool same_word(std::string_view left, std::string_view right) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return left.size() == right.size() &&
         std::equal(left.begin(), left.end(), right.begin(),
                    [&](char a, char b) { return lower(a) == lower(b); });
}

inline std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

// Position behind a quoted string or a parameter; commas and semicolons inside quotes do not count.
inline std::size_t end_of(std::string_view text, std::size_t at, std::string_view ends) {
  bool quoted = false;
  for (; at < text.size(); ++at) {
    if (text[at] == '\\' && quoted) {
      ++at;
    } else if (text[at] == '"') {
      quoted = !quoted;
    } else if (!quoted && ends.find(text[at]) != std::string_view::npos) {
      break;
    }
  }
  return std::min(at, text.size());
}

inline bool names_next(std::string_view relation) {
  if (relation.size() >= 2 && relation.front() == '"' && relation.back() == '"')
    relation = relation.substr(1, relation.size() - 2);
  // Several relation types may stand in one value.
  while (!relation.empty()) {
    const std::size_t blank = std::min(relation.find(' '), relation.size());
    if (same_word(relation.substr(0, blank), "next")) return true;
    relation.remove_prefix(std::min(blank + 1, relation.size()));
  }
  return false;
}

inline bool is_next(std::string_view parameters) {
  std::size_t at = 0;
  while (at < parameters.size()) {
    const std::size_t end = end_of(parameters, at, ";");
    const std::string_view parameter = trimmed(parameters.substr(at, end - at));
    const std::size_t equals = parameter.find('=');
    if (equals != std::string_view::npos &&
        same_word(trimmed(parameter.substr(0, equals)), "rel") &&
        names_next(trimmed(parameter.substr(equals + 1)))) {
      return true;
    }
    at = end + 1;
  }
  return false;
}

}  // namespace link_header

// The text between < and > of the first link whose relation is "next"; nullopt: none. Unquoted and
// further parameters are accepted. It may be relative, and may lead anywhere: resolve and check it.
inline std::optional<std::string_view> next_link_target(std::string_view header) {
  using link_header::end_of, link_header::is_next;
  std::size_t at = 0;
  while (at < header.size()) {
    const std::size_t open = header.find('<', at);
    const std::size_t close = open == std::string_view::npos ? open : header.find('>', open);
    if (close == std::string_view::npos) return std::nullopt;
    const std::size_t end = end_of(header, close + 1, ",");
    if (is_next(header.substr(close + 1, end - close - 1)))
      return header.substr(open + 1, close - open - 1);
    at = end + 1;
  }
  return std::nullopt;
}

}  // namespace dockerhub
