// Brings libdockerhub_tls into the process: with the same care for who could have changed the file as
// for modules, and for good, since OpenSSL keeps state of its own. Any thread.
#pragma once

#include <memory>

#include "dockerhub/kernel.hpp"
#include "http/tls_context.hpp"

namespace dockerhub::http {

// Loads the library that lies in the installation (or build tree) of the code that runs, if this was
// not done before. Errors: configuration, module_fault for a file that others may change.
Result<std::unique_ptr<TlsContext>> make_tls_context(const TlsOptions& options);

}  // namespace dockerhub::http
