// The headers that mirror parts of a message (revision 2026-07-28), so that proxies can route without
// reading it: they have to say the same, or the request is refused (-32020). Free functions; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "http/message.hpp"
#include "message.hpp"

namespace dockerhub::mcp {

// MCP-Protocol-Version says what _meta says.
tl::expected<void, RpcError> check_version_header(const web::Request& http, const Message& message);

// Mcp-Method, and where the method has one, Mcp-Name.
tl::expected<void, RpcError> check_name_headers(const web::Request& http, const Message& message);

// Mcp-Param-NAME for each property of a tool's raw input schema (JSON, or empty) that has
// "x-mcp-header": "NAME".
tl::expected<void, RpcError> check_parameter_headers(const web::Request& http,
                                                     const Message& message,
                                                     const std::string& input_schema);

// The value of a header, without the wrapping that values beyond printable ASCII have
// ("=?base64?...?="); nullopt where the wrapping is wrong.
std::optional<std::string> unwrapped(std::string_view value);

}  // namespace dockerhub::mcp
