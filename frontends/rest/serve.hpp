// Serves many clients over HTTP until a signal comes.
#pragma once

#include <functional>

#include "dockerhub/shared_store.hpp"
#include "http/descriptor.hpp"
#include "server/authenticator.hpp"
#include "server/module_looks.hpp"
#include "settings.hpp"
#include "state.hpp"

namespace dockerhub::rest {

// What a server is made of; all outlive it.
struct Service {
  Kernel& kernel;
  server::WorkerPool& workers;
  State& state;
  const server::Authenticator& authenticator;
  server::ModuleLooks& looks;
  SharedStore* shared = nullptr;  // with other copies of the server; nullptr: nothing
};

// signals: a signalfd for SIGTERM, SIGINT and SIGHUP (which looks for modules again). What runs may finish;
// returns the program's exit code: 128 + the number of the signal. Says on standard error where it
// listens. Errors (configuration): it cannot listen there.
Result<int> serve(const Service& service, const Settings& settings, const web::Descriptor& signals);

}  // namespace dockerhub::rest
