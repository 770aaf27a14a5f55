// URLs and hosts in settings, brought into one spelling so that they can be compared. Free functions;
// any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace dockerhub {

// A base URL without trailing slash; nullopt for anything but http, https and a Unix socket
// (http/url.hpp), and for one with user information, query or fragment.
std::optional<std::string> base_url(std::string_view text);

// A proxy, and who asks it.
struct ProxyValue {
  std::string url;                // "http://host[:port]"
  std::string user_and_password;  // decoded, "user:password"; empty where there is none
};
// "[http://][user[:password]@]host[:port][/]"; user and password may be percent-encoded. nullopt for
// anything else: other kinds of proxies are not spoken.
std::optional<ProxyValue> proxy_value(std::string_view text);

// "host" or "host:port" in lower case, several separated by commas.
std::optional<std::string> host_list(std::string_view text);

// "registry[:port]=host", several separated by commas. The right side has no port: a token service is
// known by its name alone.
std::optional<std::string> host_pairs(std::string_view text);

}  // namespace dockerhub
