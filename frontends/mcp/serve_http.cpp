#include "serve_http.hpp"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/server.hpp"
#include "http_endpoint.hpp"
#include "module_looks.hpp"
#include "readiness.hpp"

namespace dockerhub::mcp {
namespace {

constexpr int kSignalled = 128;

HttpEndpoint::Transport transport_of(const ServerSettings& settings) {
  return settings.transport == ServerSettings::Transport::sse ? HttpEndpoint::Transport::sse
                                                              : HttpEndpoint::Transport::streamable;
}

constexpr std::string_view kPlain = "http://";

void announce(const web::Listener& listener, const ServerSettings& settings) {
  std::string name = listener.name();
  if (settings.tls && name.compare(0, kPlain.size(), kPlain) == 0)
    name.insert(kPlain.find(':'), "s");
  std::fprintf(stderr, "dockerhub-mcp: listening on %s%s\n", name.c_str(),
               std::string(settings.path()).c_str());
}

// nullptr: plain HTTP.
Result<std::unique_ptr<ServerTls>> make_tls(const ServerSettings& settings) {
  if (!settings.tls) return nullptr;
  return ServerTls::create(*settings.tls, [](const Error& error) {
    std::fprintf(
        stderr, "dockerhub-mcp: warning: the certificate and key from before stay in use: %s\n",
        visible(error.hint.empty() ? error.message : error.message + ". " + error.hint).c_str());
  });
}

web::OriginRules origins_of(const ServerSettings& settings) {
  return {settings.address.is_loopback(), settings.allowed_hosts, settings.allowed_origins};
}

}  // namespace

Result<int> serve_http(const Service& service, const ServerSettings& settings,
                       const Authenticator& authenticator, ModuleLooks& looks,
                       const Descriptor& signals) {
  auto tls = make_tls(settings);
  if (!tls) return Failure(tls.error());
  auto listener = web::Listener::open(settings.address);
  if (!listener) return Failure(listener.error());
  announce(*listener, settings);
  std::vector<web::Listener> listeners;
  listeners.push_back(std::move(*listener));
  web::Server server(std::move(listeners), web::Limits{}, std::move(*tls));
  Readiness readiness(service.kernel, service.workers);
  HttpEndpoint endpoint({service, authenticator, server.metrics(), readiness, origins_of(settings),
                         transport_of(settings), settings.filter.most, settings.requests_per_second,
                         settings.streams_per_client});
  web::Server::Handlers handlers;
  handlers.request = [&](web::Request request, std::shared_ptr<web::Responder> responder) {
    endpoint.handle(std::move(request), std::move(responder));
  };
  bool look_waits = false;  // for a worker
  handlers.tick = [&] {
    endpoint.tick();
    if (look_waits) look_waits = !looks.begin();
  };
  handlers.hangup = [&] { look_waits = !looks.begin(); };
  handlers.drain = [&] { endpoint.drain(); };
  handlers.cancel = [&] { endpoint.cancel(); };
  const int signal = server.run(signals.get(), std::move(handlers));
  service.changes.close();
  readiness.stop();
  authenticator.stop();
  endpoint.cancel();
  const int code = signal == 0 ? EXIT_FAILURE : kSignalled + signal;
  // A module that does not end its call even when it is cancelled ends the process here.
  if (!service.workers.wait_idle(WorkerPool::kCancelGrace)) std::_Exit(code);
  return code;
}

}  // namespace dockerhub::mcp
