// What the settings and options mean for the server, checked. A value.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "arguments.hpp"
#include "dockerhub/kernel.hpp"
#include "dockerhub/server_tls.hpp"
#include "http/address.hpp"
#include "principal.hpp"
#include "token_settings.hpp"
#include "tool_view.hpp"

namespace dockerhub::mcp {

struct ServerSettings {
  enum class Transport { stdio, streamable_http, sse };
  Transport transport = Transport::stdio;
  web::Address address;
  std::optional<ServerTls::Files> tls;  // none: plain HTTP
  std::vector<std::string> allowed_hosts, allowed_origins;
  std::string auth;                     // "none", "static", "jwt", "remote-oauth"
  std::filesystem::path static_tokens;  // the file of tokens of "static"
  TokenSettings tokens;                 // of "jwt" and "remote-oauth"
  bool allow_unauthenticated = false;
  std::uint32_t requests_per_second = 0;  // of each client; 0: no limit
  std::size_t streams_per_client = 0;     // open at a time; 0: no limit
  ToolMode tool_mode = ToolMode::condensed;
  ToolFilter filter;
  std::size_t max_result_tokens = 0;  // of an answer; 0: no limit
  std::size_t page_rows = 1;          // of a list on one page

  // Of the endpoint over HTTP.
  std::string_view path() const { return transport == Transport::sse ? "/sse" : "/mcp"; }
};

// Errors (configuration) name the setting with its origin.
Result<ServerSettings> read_server_settings(const Configuration& configuration,
                                            const Arguments& arguments);

}  // namespace dockerhub::mcp
