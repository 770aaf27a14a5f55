#include "mcp_http_server.hpp"

#include <strings.h>

#include <algorithm>
#include <cstring>

#include "event_stream.hpp"

namespace dockerhub::cli {

namespace {

constexpr std::size_t kLargestAnswer = std::size_t{64} * 1024 * 1024;
constexpr std::chrono::milliseconds kForGoodbye{2'000};
constexpr int kUnauthorized = 401;
constexpr int kForbidden = 403;

bool is_success(const WebAnswer& head) {
  return head.status_code / 100 == 2;
}

bool is_event_stream(const WebAnswer& head) {
  constexpr std::string_view kType = "text/event-stream";
  const std::string_view type = head.header("Content-Type");
  return type.size() >= kType.size() && ::strncasecmp(type.data(), kType.data(), kType.size()) == 0;
}

// What the server says of it, in its own words where it has some.
Failure refused_by(const WebAnswer& head, const std::string& body) {
  Error error;
  error.kind = ErrorKind::api;
  error.status_code = head.status_code;
  error.message = "The server answered " + std::to_string(head.status_code);
  const auto document = json::parse(body);
  const json::Value* told = document ? json::find(*document, "error") : nullptr;
  if (told != nullptr && told->IsObject())
    error.message += ": " + std::string(json::text_of(*told, "message"));
  error.message += ".";
  error.hint = "Check the address: that of dockerhub-mcp ends in /mcp.";
  if (head.status_code == kUnauthorized || head.status_code == kForbidden) {
    error.kind = head.status_code == kUnauthorized ? ErrorKind::auth : ErrorKind::forbidden;
    error.hint = "Give a bearer that may do this with --bearer @FILE or --bearer env:NAME.";
  }
  return Failure(std::move(error));
}

}  // namespace

struct McpHttpServer::Received {
  std::int64_t id;
  std::string_view method;
  std::string body;  // of an answer that is no stream
  EventStream events;
  std::size_t size = 0;
  std::optional<Result<json::Document>> answer;
};

McpHttpServer::McpHttpServer(const Kernel& kernel, std::string url, std::string bearer,
                             const Interruption& interruption, Time deadline)
    : kernel_(kernel),
      url_(std::move(url)),
      bearer_(std::move(bearer)),
      interruption_(interruption),
      deadline_(deadline) {}

McpHttpServer::~McpHttpServer() {
  // A server that does not hear of it lets the session end by itself.
  if (!session_.empty()) static_cast<void>(kernel_.exchange(to_server("DELETE", kForGoodbye)));
  ::explicit_bzero(bearer_.data(), bearer_.size());
}

WebRequest McpHttpServer::to_server(std::string method, std::chrono::milliseconds most) const {
  WebRequest request;
  request.method = std::move(method);
  request.url = url_;
  request.headers = {{"Accept", "application/json, text/event-stream"}};
  if (!session_.empty()) request.headers.emplace_back("Mcp-Session-Id", session_);
  if (!revision_.empty()) request.headers.emplace_back("MCP-Protocol-Version", revision_);
  request.bearer = bearer_;
  request.timeout = std::max(most, std::chrono::milliseconds(1));
  request.stop = interruption_.token();
  return request;
}

Result<WebAnswer> McpHttpServer::post(std::string message, Take take) const {
  const auto left =
      std::chrono::ceil<std::chrono::milliseconds>(deadline_ - std::chrono::steady_clock::now());
  WebRequest request = to_server("POST", left);
  request.headers.emplace_back("Content-Type", "application/json");
  request.body = std::move(message);
  request.take = std::move(take);
  return kernel_.exchange(request);
}

Result<json::Document> McpHttpServer::request(std::string_view method, std::string_view params) {
  Received received{++last_id_, method, {}, {}, 0, {}};
  const auto head = post(mcp_request(received.id, method, params),
                         [&](const WebAnswer& answer, std::string_view bytes) {
                           return hear(answer, bytes, received);
                         });
  if (!head) return Failure(head.error());
  // An error of the protocol may come with any status; without one the status is all that is known.
  if (!received.answer && !is_event_stream(*head)) hear_message(received.body, received);
  const bool has_own_error = received.answer && !received.answer->has_value();
  if (!is_success(*head) && !has_own_error) return refused_by(*head, received.body);
  if (!received.answer)
    return mcp_failure(ErrorKind::api, "The server ended its answer before it gave one.");
  if (*received.answer && method == "initialize") {
    session_ = head->header("Mcp-Session-Id");
    revision_ = json::text_of(**received.answer, "protocolVersion");
  }
  return *std::move(received.answer);
}

bool McpHttpServer::hear(const WebAnswer& head, std::string_view bytes, Received& received) const {
  received.size += bytes.size();
  if (received.size > kLargestAnswer) {
    received.answer = mcp_failure(ErrorKind::api, "The server sent an answer of more than 64 MiB.");
    return false;
  }
  if (!is_event_stream(head)) {
    received.body += bytes;
    return true;
  }
  for (const std::string& text : received.events.take(bytes)) {
    if (!hear_message(text, received)) return false;
  }
  return true;
}

// False: the answer is there.
bool McpHttpServer::hear_message(std::string_view text, Received& received) const {
  const auto message = json::parse(text);
  if (!message || !message->IsObject()) return true;
  if (is_of_server(*message)) {
    // It waits for this while its answer is read; what it says to it is of no interest.
    if (json::find(*message, "id") != nullptr) static_cast<void>(post(mcp_refusal(*message), {}));
    return true;
  }
  received.answer = mcp_answer(*message, received.id, received.method);
  return !received.answer;
}

Result<void> McpHttpServer::notify(std::string_view method) {
  std::string body;
  const auto head =
      post(mcp_notification(method), [&](const WebAnswer& answer, std::string_view bytes) {
        if (!is_success(answer)) body += bytes;
        return body.size() < kLargestAnswer;
      });
  if (!head) return Failure(head.error());
  if (!is_success(*head)) return refused_by(*head, body);
  return {};
}

}  // namespace dockerhub::cli
