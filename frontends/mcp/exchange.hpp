// One request of the client that calls into the kernel, while it is being answered: what its
// handler needs to know, and the Caller through which the kernel reaches the client. Belongs to the
// worker thread that runs it.
#pragma once

#include <memory>
#include <optional>
#include <stop_token>
#include <string>

#include "client.hpp"
#include "client_requests.hpp"
#include "dockerhub/kernel.hpp"
#include "message.hpp"
#include "progress_notices.hpp"
#include "questions.hpp"

namespace dockerhub::mcp {

class Exchange {
 public:
  struct Connection {
    Kernel& kernel;
    ClientRequests& client_requests;
    std::string principal;
    Send send;
    Client client;
    LogLevel log_level;
  };

  Exchange(Connection connection, const Message& request, std::stop_token stop);

  Kernel& kernel() const { return connection_.kernel; }
  const Client& client() const { return connection_.client; }
  const json::Value* params() const { return request_.params(); }

  // How the kernel reaches the client during this request. Valid as long as the exchange.
  Caller caller();

  // W3C trace context that came with the request.
  TraceContext trace() const;

 private:
  void report(const Progress& step);
  void log(LogLevel level, std::string_view logger, std::string_view text);

  const Connection connection_;
  const Message& request_;
  const std::stop_token stop_;
  std::optional<ProgressNotices> progress_;
};

}  // namespace dockerhub::mcp
