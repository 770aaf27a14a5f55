#include "serve.hpp"

#include <cstdlib>
#include <memory>
#include <utility>
#include <vector>

#include "endpoint.hpp"
#include "http/server.hpp"
#include "server/readiness.hpp"
#include "server/start.hpp"

namespace dockerhub::rest {

Result<int> serve(const Service& service, const Settings& settings,
                  const web::Descriptor& signals) {
  auto tls = server::make_tls(settings.reach, kProgram);
  if (!tls) return Failure(tls.error());
  auto listener = web::Listener::open(settings.reach.address);
  if (!listener) return Failure(listener.error());
  server::announce(*listener, settings.reach, kProgram, {});
  std::vector<web::Listener> listeners;
  listeners.push_back(std::move(*listener));
  web::Server http(std::move(listeners), web::Limits{}, std::move(*tls));
  server::Readiness readiness(service.kernel, service.workers, service.shared);
  Endpoint endpoint({service.kernel, service.workers, service.state, service.authenticator,
                     http.metrics(), readiness, settings.reach.origins(), settings.confirm,
                     settings.most, settings.reach.requests_per_second});
  web::Server::Handlers handlers;
  handlers.request = [&](web::Request request, std::shared_ptr<web::Responder> responder) {
    endpoint.handle(std::move(request), std::move(responder));
  };
  bool look_waits = false;  // for a worker
  handlers.tick = [&] {
    endpoint.tick();
    if (look_waits) look_waits = !service.looks.begin();
    return look_waits;
  };
  handlers.hangup = [&] { look_waits = !service.looks.begin(); };
  handlers.drain = [&] { endpoint.drain(); };
  handlers.cancel = [&] { endpoint.cancel(); };
  const int signal = http.run(signals.get(), std::move(handlers));
  readiness.stop();
  service.authenticator.stop();
  endpoint.cancel();
  const int code = signal == 0 ? EXIT_FAILURE : server::kSignalled + signal;
  // A module that does not end its call even when it is cancelled ends the process here.
  if (!service.workers.wait_idle(server::WorkerPool::kCancelGrace)) std::_Exit(code);
  return code;
}

}  // namespace dockerhub::rest
