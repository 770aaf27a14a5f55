// The way to log in that the settings name.
#pragma once

#include <memory>

#include "authenticator.hpp"
#include "server_settings.hpp"
#include "worker_pool.hpp"

namespace dockerhub::mcp {

// Kernel and workers fetch keys, where there are keys to fetch. Errors (configuration): a file or key that it
// needs cannot be used.
Result<std::unique_ptr<Authenticator>> make_authenticator(const ServerSettings& settings,
                                                          const Kernel& kernel,
                                                          WorkerPool& workers);

}  // namespace dockerhub::mcp
