// Keeps web pages of strangers away from a server on this machine: a page can make a browser send
// requests here, under its own Origin, or under a Host that was made to point here (DNS rebinding).
// A value; any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "message.hpp"

namespace dockerhub::web {

struct OriginRules {
  // The server is reached from this machine only: then Host has to name it (localhost, 127.0.0.1 or
  // [::1], with any port), and pages of this machine are welcome.
  bool loopback = true;
  // Further names of the server, without port. Outside loopback a non-empty list is the whole list.
  std::vector<std::string> hosts;
  // Further origins of pages: "https://app.example.com".
  std::vector<std::string> origins;
  // How the variables begin that set these lists, for the refusals: "MCP_" of MCP_ALLOWED_HOSTS.
  std::string variables = {};

  // The refusal (400 or 403), or nothing. Requests over a Unix socket need no Host.
  std::optional<Response> check(const Request& request) const;
};

}  // namespace dockerhub::web
