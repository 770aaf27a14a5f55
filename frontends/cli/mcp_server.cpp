#include "mcp_server.hpp"

namespace dockerhub::cli {

Failure mcp_failure(ErrorKind kind, std::string message, std::string hint) {
  Error error;
  error.kind = kind;
  error.message = std::move(message);
  error.hint = std::move(hint);
  return Failure(std::move(error));
}

std::string mcp_request(std::int64_t id, std::string_view method, std::string_view params) {
  return R"({"jsonrpc":"2.0","id":)" + std::to_string(id) + R"(,"method":)" + json::quote(method) +
         R"(,"params":)" + std::string(params) + "}";
}

std::string mcp_notification(std::string_view method) {
  return R"({"jsonrpc":"2.0","method":)" + json::quote(method) + "}";
}

std::string mcp_refusal(const json::Value& request) {
  constexpr std::string_view kEmpty = R"(,"result":{}})";
  constexpr std::string_view kNoMethod =
      R"(,"error":{"code":-32601,"message":"this client answers nothing"}})";
  const bool is_ping = json::text_of(request, "method") == "ping";
  return R"({"jsonrpc":"2.0","id":)" + json::write(*json::find(request, "id")) +
         std::string(is_ping ? kEmpty : kNoMethod);
}

bool is_of_server(const json::Value& message) {
  return json::find(message, "method") != nullptr;
}

std::optional<Result<json::Document>> mcp_answer(const json::Value& message, std::int64_t id,
                                                 std::string_view method) {
  const json::Value* its_id = json::find(message, "id");
  if (its_id == nullptr || !its_id->IsInt64() || its_id->GetInt64() != id) return std::nullopt;
  if (const json::Value* error = json::find(message, "error"))
    return mcp_failure(ErrorKind::api, std::string(method) + " was refused: " +
                                           std::string(json::text_of(*error, "message")));
  json::Document result;
  if (const json::Value* given = json::find(message, "result"))
    result.CopyFrom(*given, result.GetAllocator());
  return Result<json::Document>(std::move(result));
}

}  // namespace dockerhub::cli
