// What the settings and options mean for the server, checked. A value.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "arguments.hpp"
#include "dockerhub/kernel.hpp"
#include "http/address.hpp"
#include "principal.hpp"
#include "tool_view.hpp"

namespace dockerhub::mcp {

struct ServerSettings {
  enum class Transport { stdio, streamable_http, sse };
  Transport transport = Transport::stdio;
  web::Address address;
  std::vector<std::string> allowed_hosts, allowed_origins;
  std::string auth;                     // "none", "static"
  std::filesystem::path static_tokens;  // the file of tokens of "static"
  bool allow_unauthenticated = false;
  ToolMode tool_mode = ToolMode::condensed;
  ToolFilter filter;
};

// Errors (configuration) name the setting with its origin.
Result<ServerSettings> read_server_settings(const Configuration& configuration,
                                            const Arguments& arguments);

}  // namespace dockerhub::mcp
