#include "config/hosts.hpp"

#include <algorithm>
#include <array>

#include "config/values.hpp"

namespace dockerhub {
namespace {

bool listed(const std::vector<std::string>& hosts, const http::Origin& origin) {
  const std::string with_port = origin.host_and_port();
  const std::string name = with_port.substr(0, with_port.rfind(':'));
  return std::any_of(hosts.begin(), hosts.end(),
                     [&](const std::string& host) { return host == name || host == with_port; });
}

}  // namespace

Result<void> check_base_urls(const Configuration::Impl& settings) {
  const auto hosts = settings.values.find("http.plain_hosts");
  const std::vector<std::string> plain = hosts == settings.values.end()
                                             ? std::vector<std::string>()
                                             : split_list(hosts->second.value, ',');
  for (const auto& [key, sourced] : settings.values) {
    if (find_setting(key)->type != SettingType::url) continue;
    const auto url = http::parse_base_url(sourced.value);
    if (!url || url->origin.secure() || url->origin.is_local()) continue;
    if (listed(plain, url->origin)) continue;
    return refused(sourced.origin + ": " + key + " is " + shown(sourced.value) +
                       ", where passwords and tokens would travel unencrypted",
                   "Write https://, or add " + shown(url->origin.authority()) +
                       " to DOCKERHUB_PLAIN_HTTP_HOSTS (http.plain_hosts) if you trust the net.");
  }
  return {};
}

bool plain_http_allowed(const Configuration& configuration, const http::Origin& origin) {
  return origin.is_local() || listed(configuration.list("http.plain_hosts"), origin);
}

http::Url url_setting(const Configuration& configuration, std::string_view key) {
  return http::parse_base_url(configuration.text(key)).value_or(http::Url());
}

http::Url built_in_url(std::string_view key) {
  return http::parse_url(find_setting(key)->fallback).value_or(http::Url());
}

bool is_docker_registry(std::string_view host) {
  constexpr std::array<std::string_view, 3> kNames = {"registry-1.docker.io", "docker.io",
                                                      "index.docker.io"};
  return std::find(kNames.begin(), kNames.end(), host) != kNames.end();
}

bool is_docker_registry(const http::Origin& origin) {
  return is_docker_registry(origin.host) && origin.secure() && origin.authority() == origin.host;
}

bool registry_is_docker_hub(const Configuration& configuration) {
  const http::Origin registry = url_setting(configuration, "registry.url").origin;
  if (is_docker_registry(registry.host)) return true;
  const Layer layer = configuration.impl().layer_of("registry.url");
  return layer == configuration.impl().layer_of("hub.url") &&
         registry.host == url_setting(configuration, "hub.url").origin.host;
}

}  // namespace dockerhub
