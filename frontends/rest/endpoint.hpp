// The routes of the server. Public functions belong to the thread of the HTTP server's loop and do not wait; what
// takes its time is done on a worker.
#pragma once

#include <memory>
#include <string>

#include "api.hpp"
#include "calls.hpp"
#include "documents.hpp"
#include "door.hpp"
#include "server/readiness.hpp"
#include "viewer.hpp"

namespace dockerhub::rest {

class Endpoint {
 public:
  struct Parts {
    Kernel& kernel;
    server::WorkerPool& workers;
    State& state;
    const server::Authenticator& authenticator;
    web::Metrics& metrics;
    server::Readiness& readiness;
    web::OriginRules origins;
    server::Confirm confirm = server::Confirm::two_step;
    Effect most = Effect::destructive;  // of everybody (--read-only)
    std::uint32_t requests_per_second = 0;
  };

  explicit Endpoint(Parts parts);

  void handle(web::Request request, std::shared_ptr<web::Responder> reply);
  void tick() { door_.resume(); }
  // The server ends: calls go on.
  void drain();
  void cancel() { calls_.cancel(); }

 private:
  using Reply = std::shared_ptr<web::Responder>;

  // What is open to anybody: true where it was answered.
  bool answer_open(const web::Request& request, const Reply& reply);
  void route(web::Request request, const server::Principal& principal, const Reply& reply);
  void metrics(const web::Request& request, const server::Principal& principal, const Reply& reply);
  void openapi(const web::Request& request, const Reply& reply);
  void viewer(const web::Request& request, const Reply& reply);

  const Parts parts_;
  Documents documents_;
  const Viewer viewer_;
  Calls calls_;
  Api api_;
  Door door_;
  bool draining_ = false;
};

}  // namespace dockerhub::rest
