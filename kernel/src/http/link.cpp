#include "http/link.hpp"

#include <algorithm>
#include <charconv>

#include "dockerhub/link_header.hpp"

namespace dockerhub::http {
namespace {

// The text itself where that is no valid percent-encoding.
std::string decoded(std::string_view text) {
  constexpr std::size_t kEscape = 3;  // "%20"
  constexpr int kHex = 16;
  std::string plain;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] != '%') {
      plain += text[at++];
      continue;
    }
    unsigned char byte = 0;
    const std::string_view escape = text.substr(at, kEscape);
    const char* const end = escape.data() + escape.size();
    const auto [stop, problem] = std::from_chars(escape.data() + 1, end, byte, kHex);
    if (escape.size() != kEscape || problem != std::errc() || stop != end) return std::string(text);
    plain += static_cast<char>(byte);
    at += kEscape;
  }
  return plain;
}

}  // namespace

std::optional<Url> next_link(const Response& response) {
  for (const std::string_view header : response.headers.all("Link")) {
    const auto target = next_link_target(header);
    if (!target) continue;
    auto url = resolve(response.url, *target);
    if (url && url->origin == response.url.origin) return std::move(*url);
  }
  return std::nullopt;
}

std::vector<std::pair<std::string, std::string>> query_pairs(std::string_view query) {
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
