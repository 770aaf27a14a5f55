#include "http/link.hpp"

#include <Poco/Exception.h>
#include <Poco/URI.h>

#include <algorithm>

namespace dockerhub::http {
namespace {

constexpr std::string_view kBlanks = " \t";

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

// Position behind a quoted string or a parameter; commas and semicolons inside quotes do not count.
std::size_t end_of(std::string_view text, std::size_t at, std::string_view ends) {
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

bool names_next(std::string_view relation) {
  if (relation.size() >= 2 && relation.front() == '"' && relation.back() == '"')
    relation = relation.substr(1, relation.size() - 2);
  // Several relation types may stand in one value.
  while (!relation.empty()) {
    const std::size_t blank = std::min(relation.find(' '), relation.size());
    if (same_name(relation.substr(0, blank), "next")) return true;
    relation.remove_prefix(std::min(blank + 1, relation.size()));
  }
  return false;
}

bool is_next(std::string_view parameters) {
  std::size_t at = 0;
  while (at < parameters.size()) {
    const std::size_t end = end_of(parameters, at, ";");
    const std::string_view parameter = trimmed(parameters.substr(at, end - at));
    const std::size_t equals = parameter.find('=');
    if (equals != std::string_view::npos &&
        same_name(trimmed(parameter.substr(0, equals)), "rel") &&
        names_next(trimmed(parameter.substr(equals + 1)))) {
      return true;
    }
    at = end + 1;
  }
  return false;
}

// The text between < and > of the first link that is the next one.
std::optional<std::string_view> next_target(std::string_view header) {
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

}  // namespace

std::optional<Url> next_link(const Response& response) {
  for (const std::string_view header : response.headers.all("Link")) {
    const auto target = next_target(header);
    if (!target) continue;
    auto url = resolve(response.url, *target);
    if (url && url->origin == response.url.origin) return std::move(*url);
  }
  return std::nullopt;
}

std::vector<std::pair<std::string, std::string>> query_pairs(std::string_view query) {
  const auto decoded = [](std::string_view text) {
    std::string plain;
    try {
      Poco::URI::decode(std::string(text), plain, true);
    } catch (const Poco::Exception&) {
      plain = text;
    }
    return plain;
  };
  std::vector<std::pair<std::string, std::string>> pairs;
  while (!query.empty()) {
    const std::string_view pair = query.substr(0, query.find('&'));
    const std::size_t equals = std::min(pair.find('='), pair.size());
    if (!pair.empty()) {
      pairs.emplace_back(decoded(pair.substr(0, equals)),
                         decoded(pair.substr(std::min(equals + 1, pair.size()))));
    }
    query.remove_prefix(std::min(pair.size() + 1, query.size()));
  }
  return pairs;
}

}  // namespace dockerhub::http
