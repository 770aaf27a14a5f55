// What the exchanges of one client share. Any thread; outlives them.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "http/client.hpp"
#include "http/connection_pool.hpp"
#include "http/pace.hpp"
#include "http/resolver.hpp"
#include "http/route.hpp"
#include "http/tls_context.hpp"
#include "http/wait_bounds.hpp"

namespace dockerhub::http {

class ClientParts {
 public:
  explicit ClientParts(ClientOptions given) : options(std::move(given)) {}

  // A new connection for the request on that route, within its bounds.
  Connecting<std::unique_ptr<Connection>> connect(Route& route, WaitBounds& bounds);
  // A new connection without TLS, whatever the origin says.
  Connecting<std::unique_ptr<Connection>> connect_plain(const Origin& origin, WaitBounds& bounds);
  // Made when it is first needed; a failure is tried again.
  Result<TlsContext*> tls();

  void log(LogLevel level, const std::string& text, const Request& request) const {
    if (options.log) options.log(level, text, request.request_id);
  }

  const ClientOptions options;
  ConnectionPool pool;
  Limits limits;
  Pace pace{Pace::Clock::now, options.budget_turns};

 private:
  using Reached = Connecting<std::unique_ptr<Connection>>;
  Reached reach(Route& route, WaitBounds& bounds);
  Reached reach_through(const Proxy& proxy, Route& route, WaitBounds& bounds);
  Connecting<std::vector<SocketAddress>> addresses_of(const Origin& origin, WaitBounds& bounds);

  Resolver resolver_;
  std::mutex tls_mutex_;
  std::unique_ptr<TlsContext> tls_;
};

Timeouts timeouts_of(const ClientOptions& options);

}  // namespace dockerhub::http
