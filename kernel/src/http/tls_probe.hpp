// Whether the peer of a fresh connection speaks TLS, without OpenSSL, whose libraries take longer to
// load than this takes to ask.
#pragma once

#include "dockerhub/kernel.hpp"
#include "http/connection.hpp"

namespace dockerhub::http {

// Sends a ClientHello and looks at the first byte that comes back. A peer that says nothing and closes
// counts as one that does: whoever only wanted to know whether http will do must not be told so.
Result<bool> answers_tls_hello(Connection& connection);

}  // namespace dockerhub::http
