// The way to log in that the settings name.
#pragma once

#include <memory>
#include <string_view>

#include "authenticator.hpp"
#include "reach.hpp"
#include "worker_pool.hpp"

namespace dockerhub::server {

// What it makes use of: kernel and workers fetch keys, where there are keys to fetch. program: as complaints
// begin.
struct LoginParts {
  const Kernel& kernel;
  WorkerPool& workers;
  std::string_view program;
};

// Errors (configuration): a file or key that it needs cannot be used.
Result<std::unique_ptr<Authenticator>> make_authenticator(const Reach& reach,
                                                          const SettingNames& names,
                                                          const LoginParts& parts);

}  // namespace dockerhub::server
