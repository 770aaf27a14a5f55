#include "config/host_values.hpp"

#include <cstdint>

#include "config/values.hpp"
#include "http/url.hpp"

namespace dockerhub {
namespace {

constexpr std::uint16_t kHttpsPort = 443;

bool has_port(std::string_view host) {
  const std::size_t name_end = host.substr(0, 1) == "[" ? host.find(']') : 0;
  return host.find(':', name_end) != std::string_view::npos;
}

// The one spelling of "host" or "host:port".
std::optional<std::string> host(std::string_view text) {
  if (text.find_first_of("/?#@") != std::string_view::npos) return std::nullopt;
  const auto url = http::parse_url("https://" + std::string(text));
  if (!url) return std::nullopt;
  std::string name = http::Origin{"https", url->origin.host, kHttpsPort}.authority();
  return has_port(text) ? name + ':' + std::to_string(url->origin.port) : name;
}

template <typename Check>
std::optional<std::string> each(std::string_view text, Check check) {
  std::string out;
  for (const std::string& part : split_list(text, ',')) {
    const std::optional<std::string> checked = check(part);
    if (!checked) return std::nullopt;
    out += (out.empty() ? "" : ",") + *checked;
  }
  return out;
}

std::optional<std::string> pair(std::string_view text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos) return std::nullopt;
  const auto registry = host(trimmed(text.substr(0, equals)));
  const auto service = host(trimmed(text.substr(equals + 1)));
  if (!registry || !service || has_port(*service)) return std::nullopt;
  return *registry + '=' + *service;
}

}  // namespace

std::optional<std::string> base_url(std::string_view text) {
  const auto url = http::parse_url(text);
  if (!url || text.find('?') != std::string_view::npos) return std::nullopt;
  std::string out = url->origin.text() + url->path;
  while (out.back() == '/') out.pop_back();
  return out;
}

std::optional<std::string> host_list(std::string_view text) {
  return each(text, host);
}

std::optional<std::string> host_pairs(std::string_view text) {
  return each(text, pair);
}

}  // namespace dockerhub
