// A server of the Model Context Protocol as `mcp try` speaks to it, whatever lies between the two: requests in
// revision 2025-11-25 or the one that the server answers with. One thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "dockerhub/kernel.hpp"
#include "json.hpp"

namespace dockerhub::cli {

class McpServer {
 public:
  virtual ~McpServer() = default;

  // The result of a request; `params` is JSON. Errors: timeout, cancelled, and api for an error of the server, an
  // early end, or what is no message. What the server asks for in between is refused.
  virtual Result<json::Document> request(std::string_view method, std::string_view params) = 0;
  virtual Result<void> notify(std::string_view method) = 0;
};

Failure mcp_failure(ErrorKind kind, std::string message, std::string hint = {});

std::string mcp_request(std::int64_t id, std::string_view method, std::string_view params);
std::string mcp_notification(std::string_view method);
// What this client says to a request of the server: a ping is answered, all else is unknown.
std::string mcp_refusal(const json::Value& request);

// Whether a message is a request or a notification of the server.
bool is_of_server(const json::Value& message);
// The result or the error of the message that answers this request; nullopt: it answers another one.
std::optional<Result<json::Document>> mcp_answer(const json::Value& message, std::int64_t id,
                                                 std::string_view method);

}  // namespace dockerhub::cli
