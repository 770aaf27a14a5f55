#include "server_settings.hpp"

#include <algorithm>
#include <array>

#include "toolsets.hpp"

namespace dockerhub::mcp {
namespace {

using Transport = ServerSettings::Transport;

struct TransportName {
  std::string_view name;
  Transport transport;
};

constexpr auto kTransports = std::to_array<TransportName>({
    {"stdio", Transport::stdio},
    {"streamable-http", Transport::streamable_http},
    {"http", Transport::streamable_http},
    {"sse", Transport::sse},
});

Result<Transport> read_transport(const Configuration& configuration) {
  const std::string name = configuration.text("mcp.transport");
  const auto found = std::find_if(kTransports.begin(), kTransports.end(),
                                  [&](const TransportName& each) { return each.name == name; });
  if (found != kTransports.end()) return found->transport;
  return server::refused_setting(configuration, "mcp.transport", "which is no transport",
                                 "Give stdio, streamable-http or sse.");
}

}  // namespace

Result<ServerSettings> read_server_settings(const Configuration& configuration,
                                            const Arguments& arguments) {
  ServerSettings settings;
  const auto transport = read_transport(configuration);
  if (!transport) return Failure(transport.error());
  settings.transport = *transport;
  settings.tool_mode = tool_mode(configuration.text("mcp.tool_mode")).value_or(ToolMode::condensed);
  settings.filter.enabled = server::comma_items(configuration.text("mcp.enabled_tools"));
  settings.filter.disabled = server::comma_items(configuration.text("mcp.disabled_tools"));
  for (std::string& name : switched_off(configuration)) {
    settings.filter.disabled.push_back(std::move(name));
  }
  settings.max_result_tokens =
      static_cast<std::size_t>(configuration.number("mcp.max_result_tokens"));
  settings.page_rows = static_cast<std::size_t>(configuration.number("mcp.page_size"));
  settings.streams_per_client =
      static_cast<std::size_t>(configuration.number("mcp.streams_per_client"));
  if (configuration.flag("mcp.no_destructive")) settings.filter.most = Effect::write;
  if (configuration.flag("mcp.read_only")) settings.filter.most = Effect::read;
  const server::SettingNames names = settings.names();
  if (settings.transport == Transport::stdio) {
    const auto auth = server::read_auth(configuration, names);
    if (!auth) return Failure(auth.error());
    return settings;
  }
  auto reach =
      server::read_reach(configuration, names, {arguments.listen, arguments.allow_unauthenticated});
  if (!reach) return Failure(reach.error());
  settings.reach = std::move(*reach);
  return settings;
}

}  // namespace dockerhub::mcp
