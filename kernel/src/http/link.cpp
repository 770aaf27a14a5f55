#include "http/link.hpp"

#include <Poco/Exception.h>
#include <Poco/URI.h>

#include <algorithm>

#include "dockerhub/link_header.hpp"

namespace dockerhub::http {

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
