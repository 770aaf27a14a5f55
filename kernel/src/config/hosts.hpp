// Which hosts a configuration means, and how they may be spoken to. Free functions; any thread.
#pragma once

#include <string_view>

#include "config/configuration_impl.hpp"
#include "dockerhub/kernel.hpp"
#include "http/url.hpp"

namespace dockerhub {

// Parses the URLs that are set. Refuses (ErrorKind::configuration) one without TLS for a host that is
// neither this machine nor among http.plain_hosts.
Result<void> take_base_urls(Configuration::Impl& settings);

// Whether that origin may be spoken to without TLS: this machine, and the hosts that the operator
// listed, with any port unless the list says one.
bool plain_http_allowed(const Configuration& configuration, const http::Origin& origin);

// A setting of type url or proxy; and its default, whatever is set.
http::Url url_setting(const Configuration& configuration, std::string_view key);
http::Url built_in_url(std::string_view key);

// "registry-1.docker.io" and the other names of Docker Hub's registry.
bool is_docker_registry(std::string_view host);
// The same, with TLS at its own port.
bool is_docker_registry(const http::Origin& origin);

// Whether the configured registry is Docker Hub's, with its own rules for names and tags: by its name, or
// a stand-in for it, which is told by the same source having set hub.url to a host of that name.
bool registry_is_docker_hub(const Configuration& configuration);

}  // namespace dockerhub
