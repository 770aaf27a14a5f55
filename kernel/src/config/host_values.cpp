#include "config/host_values.hpp"

#include <algorithm>
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

// Of "user[:password]", each percent-encoded where it has to be; a colon within the user's name would
// move the border between the two (RFC 7617 2).
std::optional<std::string> user_and_password(std::string_view text) {
  const std::size_t colon = std::min(text.find(':'), text.size());
  const auto user = http::percent_decoded(text.substr(0, colon));
  const auto password = http::percent_decoded(text.substr(std::min(colon + 1, text.size())));
  if (!user || user->empty() || user->find(':') != std::string::npos || !password)
    return std::nullopt;
  return *user + ':' + *password;
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
  const auto url = http::parse_base_url(text);
  if (!url || text.find('?') != std::string_view::npos) return std::nullopt;
  std::string out = url->origin.text() + url->path;
  while (out.back() == '/') out.pop_back();
  return out;
}

std::optional<ProxyValue> proxy_value(std::string_view text) {
  constexpr std::string_view kSchemeEnd = "://";
  ProxyValue value;
  std::string scheme = "http://";
  if (const std::size_t end = text.find(kSchemeEnd); end != std::string_view::npos) {
    scheme = text.substr(0, end + kSchemeEnd.size());
    text.remove_prefix(scheme.size());
  }
  if (const std::size_t at = text.rfind('@'); at != std::string_view::npos) {
    auto login = user_and_password(text.substr(0, at));
    if (!login) return std::nullopt;
    value.user_and_password = std::move(*login);
    text.remove_prefix(at + 1);
  }
  const auto url = http::parse_url(scheme + std::string(text));
  if (!url || url->origin.secure() || url->path != "/" || !url->query.empty()) return std::nullopt;
  value.url = url->origin.text();
  return value;
}

std::optional<std::string> host_list(std::string_view text) {
  return each(text, host);
}

std::optional<std::string> host_pairs(std::string_view text) {
  return each(text, pair);
}

}  // namespace dockerhub
