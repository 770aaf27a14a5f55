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

constexpr auto kAuthTypes =
    std::to_array<std::string_view>({"none", "static", "jwt", "remote-oauth"});

Failure refused(const Configuration& configuration, std::string_view key, const std::string& what,
                std::string hint) {
  Error error;
  error.kind = ErrorKind::configuration;
  error.message = configuration.origin(key) + ": " + std::string(key) + " is '" +
                  visible(configuration.text(key)) + "', " + what;
  error.hint = std::move(hint);
  return Failure(std::move(error));
}

// "a, b" as {"a", "b"}.
std::vector<std::string> items(std::string_view text) {
  std::vector<std::string> all(1);
  for (const char letter : text) {
    if (letter == ',') {
      all.emplace_back();
    } else if (letter != ' ') {
      all.back() += letter;
    }
  }
  all.erase(std::remove(all.begin(), all.end(), std::string()), all.end());
  return all;
}

Result<Transport> read_transport(const Configuration& configuration) {
  const std::string name = configuration.text("mcp.transport");
  const auto found = std::find_if(kTransports.begin(), kTransports.end(),
                                  [&](const TransportName& each) { return each.name == name; });
  if (found != kTransports.end()) return found->transport;
  return refused(configuration, "mcp.transport", "which is no transport",
                 "Give stdio, streamable-http or sse.");
}

Result<web::Address> read_listen(const Configuration& configuration, const Arguments& arguments) {
  if (!arguments.listen.empty()) return web::read_address(arguments.listen);
  const std::string host = configuration.text("mcp.host");
  const bool ipv6 = host.find(':') != std::string::npos && host.front() != '[';
  auto address =
      web::read_address((ipv6 ? "[" + host + "]" : host) + ":" + configuration.text("mcp.port"));
  if (address) return address;
  return refused(configuration, "mcp.port",
                 "which is no port (the host is '" + visible(host) + "')",
                 "Give a host and a number up to 65535.");
}

Result<std::string> read_auth(const Configuration& configuration) {
  const std::string name = configuration.text("mcp.auth");
  if (std::find(kAuthTypes.begin(), kAuthTypes.end(), name) != kAuthTypes.end()) return name;
  return refused(configuration, "mcp.auth",
                 "which this version cannot do; it does not start without the protection",
                 "Give static, jwt or remote-oauth, or none if you accept to run without it.");
}

// Loopback is the border where nobody logs in.
Result<void> check_reach(const ServerSettings& settings) {
  if (settings.auth != "none" || settings.allow_unauthenticated || settings.address.is_loopback()) {
    return {};
  }
  Error error;
  error.kind = ErrorKind::configuration;
  error.message = "without authentication the server listens on this machine only, and '" +
                  visible(settings.address.host) + "' is reached from others";
  error.hint =
      "Set AUTH_TYPE, listen on 127.0.0.1 or on unix:PATH behind a proxy that authenticates, or "
      "let "
      "everybody do everything with --allow-unauthenticated.";
  return Failure(std::move(error));
}

Failure wrong_tls(std::string message, std::string hint) {
  Error error;
  error.kind = ErrorKind::configuration;
  error.message = std::move(message);
  error.hint = std::move(hint);
  return Failure(std::move(error));
}

// Whoever sets one of the files counts on TLS.
Result<void> read_tls(const Configuration& configuration, ServerSettings& settings) {
  const std::string certificate = configuration.text("mcp.tls_certificate");
  const std::string key = configuration.text("mcp.tls_key");
  if (certificate.empty() && key.empty()) return {};
  if (certificate.empty() || key.empty()) {
    const char* set = certificate.empty() ? "mcp.tls_key" : "mcp.tls_certificate";
    return wrong_tls(configuration.origin(set) + ": " + set + " is set, and TLS needs the " +
                         (certificate.empty() ? "certificate" : "private key") + ", too",
                     "Set MCP_TLS_CERTIFICATE_FILE and MCP_TLS_KEY_FILE, or none of them.");
  }
  if (settings.address.is_unix()) {
    return wrong_tls(
        "TLS is set, and a Unix socket is not spoken to with it",
        "Unset MCP_TLS_CERTIFICATE_FILE and MCP_TLS_KEY_FILE, or listen on HOST:PORT.");
  }
  settings.tls = ServerTls::Files{certificate, key};
  return {};
}

}  // namespace

Result<ServerSettings> read_server_settings(const Configuration& configuration,
                                            const Arguments& arguments) {
  ServerSettings settings;
  const auto transport = read_transport(configuration);
  if (!transport) return Failure(transport.error());
  settings.transport = *transport;
  settings.allowed_hosts = configuration.list("mcp.allowed_hosts");
  settings.allowed_origins = items(configuration.text("mcp.allowed_origins"));
  settings.allow_unauthenticated = arguments.allow_unauthenticated;
  settings.tool_mode = tool_mode(configuration.text("mcp.tool_mode")).value_or(ToolMode::condensed);
  settings.filter.enabled = items(configuration.text("mcp.enabled_tools"));
  settings.filter.disabled = items(configuration.text("mcp.disabled_tools"));
  for (std::string& name : switched_off(configuration)) {
    settings.filter.disabled.push_back(std::move(name));
  }
  settings.max_result_tokens =
      static_cast<std::size_t>(configuration.number("mcp.max_result_tokens"));
  settings.page_rows = static_cast<std::size_t>(configuration.number("mcp.page_size"));
  settings.requests_per_second =
      static_cast<std::uint32_t>(configuration.number("mcp.requests_per_second"));
  settings.streams_per_client =
      static_cast<std::size_t>(configuration.number("mcp.streams_per_client"));
  if (configuration.flag("mcp.no_destructive")) settings.filter.most = Effect::write;
  if (configuration.flag("mcp.read_only")) settings.filter.most = Effect::read;
  const auto auth = read_auth(configuration);
  if (!auth) return Failure(auth.error());
  settings.auth = *auth;
  settings.static_tokens = configuration.text("mcp.static_tokens");
  if (settings.transport == Transport::stdio) return settings;
  auto tokens = read_token_settings(configuration, settings.auth, settings.path());
  if (!tokens) return Failure(tokens.error());
  settings.tokens = std::move(*tokens);
  auto address = read_listen(configuration, arguments);
  if (!address) return Failure(address.error());
  settings.address = std::move(*address);
  if (auto reach = check_reach(settings); !reach) return Failure(reach.error());
  if (auto tls = read_tls(configuration, settings); !tls) return Failure(tls.error());
  return settings;
}

}  // namespace dockerhub::mcp
