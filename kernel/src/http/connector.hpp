// A TCP connection to the first of several addresses that answers: each next one is begun when the one
// before failed or was silent for a while (RFC 8305), so that a dead IPv6 route costs little. Free
// function; any thread.
#pragma once

#include <vector>

#include "base/file.hpp"
#include "http/connect_failure.hpp"
#include "http/resolver.hpp"
#include "http/wait_bounds.hpp"

namespace dockerhub::http {

struct Connected {
  UniqueFd descriptor;  // O_NONBLOCK, TCP_NODELAY
  SocketAddress peer;
};

// `host` is for the error.
Connecting<Connected> connect_to_any(const std::vector<SocketAddress>& addresses,
                                     const std::string& host, WaitBounds& bounds);

}  // namespace dockerhub::http
