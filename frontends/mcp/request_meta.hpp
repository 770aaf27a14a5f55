// What each request of revision 2026-07-28 says of its client, in params._meta. Free functions; any
// thread.
#pragma once

#include <optional>
#include <tl/expected.hpp>

#include "client.hpp"
#include "dockerhub/kernel.hpp"
#include "message.hpp"

namespace dockerhub::mcp {

// Keys of _meta.
namespace meta {
inline constexpr std::string_view kVersion = "io.modelcontextprotocol/protocolVersion";
inline constexpr std::string_view kCapabilities = "io.modelcontextprotocol/clientCapabilities";
inline constexpr std::string_view kLogLevel = "io.modelcontextprotocol/logLevel";
inline constexpr std::string_view kServerInfo = "io.modelcontextprotocol/serverInfo";
inline constexpr std::string_view kSubscription = "io.modelcontextprotocol/subscriptionId";
}  // namespace meta

// Whether a message (an object) says that it is of a revision without `initialize`.
bool names_modern_version(const json::Value& message);

struct RequestMeta {
  std::string version;
  Client client;
  std::optional<LogLevel> log_level;  // the client wants log lines of this request
};

// Errors: a field is missing or of a wrong form (-32602). The version is not looked at.
tl::expected<RequestMeta, RpcError> read_request_meta(const Message& request);

// The version is served, or the error says which are.
tl::expected<void, RpcError> check_version(std::string_view version);

}  // namespace dockerhub::mcp
