// Where a Redis is and who logs in there, as one URL has it. Plain values, free functions; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "http/url.hpp"

namespace dockerhub {

struct RedisAddress {
  http::Origin origin;  // of the scheme "redis" or "rediss", or a Unix socket
  std::string user;     // empty: the default one
  std::string password;
  std::string database = "0";

  bool tls() const { return origin.scheme == "rediss"; }
  // For messages, without user and password.
  std::string name() const { return origin.is_unix() ? origin.name() : origin.host_and_port(); }
};

// "redis://[[user]:password@]host[:6379][/database]", the same with rediss (TLS), and
// "unix://[[user]:password@]/SOCKET[?db=database]"; user and password may be percent-encoded. nullopt for
// anything else.
std::optional<RedisAddress> parse_redis_url(std::string_view text);

}  // namespace dockerhub
