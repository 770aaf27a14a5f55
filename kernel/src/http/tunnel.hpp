// A way through a proxy to a host (CONNECT, RFC 9110 9.3.6): what is sent over the connection afterwards
// goes to that host. Free function; any thread.
#pragma once

#include <string_view>

#include "http/connect_failure.hpp"
#include "http/connection.hpp"
#include "http/proxy.hpp"

namespace dockerhub::http {

// `connection` leads to the proxy and was not used. The proxy resolves the host's name. The credential
// of the proxy goes in this request alone.
Connecting<void> open_tunnel(Connection& connection, const Proxy& proxy, const Origin& target,
                             std::string_view user_agent);

}  // namespace dockerhub::http
