#include "link.hpp"

#include <algorithm>
#include <array>

#include "characters.hpp"

namespace dockerhub::registry {
namespace {

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

bool stays_at(std::string_view target, std::string_view registry) {
  if (target.starts_with("//")) return false;
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
