#include "serve_http.hpp"

#include <chrono>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/server.hpp"
#include "http_endpoint.hpp"
#include "server/module_looks.hpp"
#include "server/readiness.hpp"
#include "server/start.hpp"

namespace dockerhub::mcp {
namespace {

constexpr std::string_view kProgram = "dockerhub-mcp";

HttpEndpoint::Transport transport_of(const ServerSettings& settings) {
  return settings.transport == ServerSettings::Transport::sse ? HttpEndpoint::Transport::sse
                                                              : HttpEndpoint::Transport::streamable;
}

}  // namespace

Result<int> serve_http(const Service& service, const ServerSettings& settings,
                       const HttpNeeds& needs) {
  auto tls = server::make_tls(settings.reach, kProgram);
  if (!tls) return Failure(tls.error());
  auto listener = web::Listener::open(settings.reach.address);
  if (!listener) return Failure(listener.error());
  server::announce(*listener, settings.reach, kProgram, settings.path());
  std::vector<web::Listener> listeners;
  listeners.push_back(std::move(*listener));
  web::Server http(std::move(listeners), web::Limits{}, std::move(*tls));
  server::Readiness readiness(service.kernel, service.workers, needs.shared);
  HttpEndpoint endpoint({service, needs.authenticator, http.metrics(), readiness,
                         settings.reach.origins(), transport_of(settings), settings.filter.most,
                         settings.reach.requests_per_second, settings.streams_per_client});
  web::Server::Handlers handlers;
  handlers.request = [&](web::Request request, std::shared_ptr<web::Responder> responder) {
    endpoint.handle(std::move(request), std::move(responder));
  };
  bool look_waits = false;  // for a worker
  handlers.tick = [&] {
    if (look_waits) look_waits = !needs.looks.begin();
    return endpoint.tick() || look_waits;
  };
  handlers.hangup = [&] { look_waits = !needs.looks.begin(); };
  handlers.drain = [&] { endpoint.drain(); };
  handlers.cancel = [&] { endpoint.cancel(); };
  const int signal = http.run(needs.signals.get(), std::move(handlers));
  service.changes.close();
  readiness.stop();
  needs.authenticator.stop();
  endpoint.cancel();
  const int code = signal == 0 ? EXIT_FAILURE : server::kSignalled + signal;
  // A module that does not end its call even when it is cancelled ends the process here.
  if (!service.workers.wait_idle(server::WorkerPool::kCancelGrace)) std::_Exit(code);
  return code;
}

}  // namespace dockerhub::mcp
