// A server of the Model Context Protocol over streamable HTTP. A session that the server gave is ended with the
// object. One thread.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <string_view>

#include "dockerhub/kernel.hpp"
#include "dockerhub/web_exchange.hpp"
#include "interruption.hpp"
#include "json.hpp"
#include "mcp_server.hpp"

namespace dockerhub::cli {

class McpHttpServer : public McpServer {
 public:
  using Time = std::chrono::steady_clock::time_point;

  // `bearer` may be empty. Nothing is waited for beyond `deadline`. The kernel and the interruption outlive this.
  McpHttpServer(const Kernel& kernel, std::string url, std::string bearer,
                const Interruption& interruption, Time deadline);
  ~McpHttpServer() override;
  McpHttpServer(const McpHttpServer&) = delete;
  McpHttpServer& operator=(const McpHttpServer&) = delete;

  // Beside the errors of McpServer: auth and forbidden for a server that wants another bearer.
  Result<json::Document> request(std::string_view method, std::string_view params) override;
  Result<void> notify(std::string_view method) override;

 private:
  using Take = std::function<bool(const WebAnswer& head, std::string_view bytes)>;
  struct Received;

  WebRequest to_server(std::string method, std::chrono::milliseconds most) const;
  Result<WebAnswer> post(std::string message, Take take) const;
  bool hear(const WebAnswer& head, std::string_view bytes, Received& received) const;
  bool hear_message(std::string_view text, Received& received) const;

  const Kernel& kernel_;
  const std::string url_;
  std::string bearer_;
  const Interruption& interruption_;
  const Time deadline_;
  std::string session_, revision_;
  std::int64_t last_id_ = 0;
};

}  // namespace dockerhub::cli
