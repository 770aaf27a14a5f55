#include "config/hosts.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "config/values.hpp"

namespace dockerhub {
namespace {

bool listed(const std::vector<std::string>& hosts, const http::Origin& origin) {
  const std::string with_port = origin.host_and_port();
  const std::string name = with_port.substr(0, with_port.rfind(':'));
  return std::any_of(hosts.begin(), hosts.end(),
                     [&](const std::string& host) { return host == name || host == with_port; });
}

std::map<std::string_view, http::Url> built_in_urls() {
  std::map<std::string_view, http::Url> urls;
  for (const Setting& setting : settings()) {
    if (setting.type != SettingType::url) continue;
    if (auto url = http::parse_base_url(setting.fallback)) urls.emplace(setting.key, *url);
  }
  return urls;
}

}  // namespace

Result<void> take_base_urls(Configuration::Impl& settings) {
  const auto hosts = settings.values.find("http.plain_hosts");
  const std::vector<std::string> plain = hosts == settings.values.end()
                                             ? std::vector<std::string>()
                                             : split_list(hosts->second.value, ',');
  for (const auto& [key, sourced] : settings.values) {
    const SettingType type = find_setting(key)->type;
    if (type != SettingType::url && type != SettingType::proxy) continue;
    const auto url = http::parse_base_url(sourced.value);
    if (!url) continue;
    settings.urls.insert_or_assign(key, *url);
    if (type == SettingType::proxy || url->origin.secure() || url->origin.is_local()) continue;
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
  const auto& urls = configuration.impl().urls;
  const auto set = urls.find(key);
  return set == urls.end() ? built_in_url(key) : set->second;
}

http::Url built_in_url(std::string_view key) {
  static const std::map<std::string_view, http::Url> kUrls = built_in_urls();
  const auto found = kUrls.find(key);
  return found == kUrls.end() ? http::Url() : found->second;
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
