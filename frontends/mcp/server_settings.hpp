// What the settings and options mean for the server, checked. A value.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "arguments.hpp"
#include "dockerhub/kernel.hpp"
#include "server/reach.hpp"
#include "tool_view.hpp"

namespace dockerhub::mcp {

struct ServerSettings {
  enum class Transport { stdio, streamable_http, sse };
  Transport transport = Transport::stdio;
  server::Reach reach;                 // over HTTP
  std::size_t streams_per_client = 0;  // open at a time; 0: no limit
  ToolMode tool_mode = ToolMode::condensed;
  ToolFilter filter;
  std::size_t max_result_tokens = 0;  // of an answer; 0: no limit
  std::size_t page_rows = 1;          // of a list on one page

  // Of the endpoint over HTTP.
  std::string_view path() const { return transport == Transport::sse ? "/sse" : "/mcp"; }
  server::SettingNames names() const {
    return {"mcp", "MCP_", "AUTH_TYPE", "DOCKERHUB_STATIC_TOKENS_FILE", path()};
  }
};

// Errors (configuration) name the setting with its origin.
Result<ServerSettings> read_server_settings(const Configuration& configuration,
                                            const Arguments& arguments);

}  // namespace dockerhub::mcp
