// One request of the client that calls into the kernel, while it is being answered: what its handler
// needs to know, and the Caller through which the kernel reaches the client. Belongs to the worker
// thread that runs it.
#pragma once

#include <memory>
#include <optional>
#include <stop_token>
#include <string>

#include "client.hpp"
#include "client_requests.hpp"
#include "dockerhub/kernel.hpp"
#include "message.hpp"
#include "outlet.hpp"
#include "progress_notices.hpp"
#include "server/principal.hpp"
#include "tool_view.hpp"

namespace dockerhub::mcp {

class Exchange {
 public:
  struct Connection {
    Kernel& kernel;
    const ToolView& tools;
    // Asks and waits; nullptr: questions are answers, and the client comes back.
    ClientRequests* client_requests = nullptr;
    server::Principal principal;
    Send send;
    Client client;
    std::optional<LogLevel> log_level;
    std::shared_ptr<const ToolView> own_tools = nullptr;  // keeps `tools`, where nobody else does
  };

  Exchange(Connection connection, const Message& request, std::stop_token stop);

  Kernel& kernel() const { return connection_.kernel; }
  const ToolView& tools() const { return connection_.tools; }
  const Client& client() const { return connection_.client; }
  const server::Principal& principal() const { return connection_.principal; }
  const json::Value* params() const { return request_.params(); }

  // How the kernel reaches the client during this request. Valid as long as the exchange.
  Caller caller();

  // What every call takes from its request: trace context, and of a call that goes on its state and
  // answers.
  void fill(CallRequest& request) const;

 private:
  void report(const Progress& step);
  void log(LogLevel level, std::string_view logger, std::string_view text);

  const Connection connection_;
  const Message& request_;
  const std::stop_token stop_;
  std::optional<ProgressNotices> progress_;
};

}  // namespace dockerhub::mcp
