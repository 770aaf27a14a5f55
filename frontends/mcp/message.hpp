// JSON-RPC 2.0 messages as the Model Context Protocol uses them: read from JSON, made as text.
// Knows no method and no transport. Free functions; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "json.hpp"

namespace dockerhub::mcp {

// Codes of JSON-RPC; -32002 is the legacy protocol's "no such resource", -32001 its "no such session",
// -32000 is ours; from -32020 on those of revision 2026-07-28.
namespace code {
inline constexpr int kParse = -32700;
inline constexpr int kInvalidRequest = -32600;
inline constexpr int kMethodNotFound = -32601;
inline constexpr int kInvalidParams = -32602;
inline constexpr int kInternal = -32603;
inline constexpr int kResourceNotFound = -32002;
inline constexpr int kBusy = -32000;
inline constexpr int kNoSession = -32001;
inline constexpr int kHeaderMismatch = -32020;
inline constexpr int kMissingCapability = -32021;
inline constexpr int kUnsupportedVersion = -32022;
}  // namespace code

struct RpcError {
  int code = code::kInternal;
  std::string message;
  std::string data;       // JSON, or empty
  int http_status = 200;  // where HTTP carries it
};

// What a client gave to a method is wrong.
inline tl::unexpected<RpcError> invalid_params(std::string message) {
  return tl::unexpected(RpcError{code::kInvalidParams, std::move(message), {}});
}

// The same with a status that tells HTTP clients and proxies of the error.
RpcError http_error(int http_status, int code, std::string message, std::string data = {});

// An id or a progress token: its JSON text (`7` or `"seven"`), so that numbers and texts differ.
using Id = std::string;

// The id of an answer to something whose id could not be read.
inline constexpr std::string_view kNoId = "null";

// A text or an integer as Id; nullopt for anything else.
std::optional<Id> read_id(const json::Value* value);

struct Message {
  enum class Kind { request, notification, response };
  Kind kind = Kind::request;
  Id id;  // of requests and responses
  std::string method;
  json::Document body;

  // The object "params", or nullptr.
  const json::Value* params() const { return json::find(body, "params"); }
  // Member of params._meta, or nullptr.
  const json::Value* meta(std::string_view name) const {
    return json::find(json::find(params(), "_meta"), name);
  }
};

struct Rejection {
  Id id;  // kNoId where it could not be read
  RpcError error;
};

// Takes the body over. Checks the form of the envelope, not the method or its params.
tl::expected<Message, Rejection> read_message(json::Document body);

// All JSON arguments are one JSON value each.
// result: an object. first: members that it begins with, written like {"name":1,"other":2} without the braces.
std::string result_message(std::string_view id, std::string_view result,
                           std::string_view first = {});
std::string error_message(std::string_view id, const RpcError& error);
std::string notification_message(std::string_view method, std::string_view params = {});
std::string request_message(std::string_view id, std::string_view method, std::string_view params);

// For transports to which a line end ends the message: each from `begin` on becomes a blank. The message keeps its
// meaning, since inside a text of JSON a line end is always escaped.
void blank_line_ends(std::string& message, std::size_t begin = 0);

}  // namespace dockerhub::mcp
