// Serves many clients over HTTP until a signal comes.
#pragma once

#include "descriptor.hpp"
#include "dockerhub/kernel.hpp"
#include "dockerhub/shared_store.hpp"
#include "server/authenticator.hpp"
#include "server/module_looks.hpp"
#include "server_settings.hpp"
#include "service.hpp"

namespace dockerhub::mcp {

// What it needs besides the service; all outlive it.
struct HttpNeeds {
  const server::Authenticator& authenticator;
  server::ModuleLooks& looks;
  const Descriptor&
      signals;          // a signalfd for SIGTERM, SIGINT and SIGHUP (which looks for modules again)
  SharedStore* shared;  // with other copies of the server; nullptr: nothing
};

// What runs may finish; returns the program's exit code: 128 + the number of the signal. Says on standard
// error where it listens. Errors (configuration): it cannot listen there.
Result<int> serve_http(const Service& service, const ServerSettings& settings,
                       const HttpNeeds& needs);

}  // namespace dockerhub::mcp
