// The way to log in that the settings name.
#pragma once

#include <memory>

#include "authenticator.hpp"
#include "server_settings.hpp"

namespace dockerhub::mcp {

// Errors (configuration): a file that it needs cannot be used.
Result<std::unique_ptr<Authenticator>> make_authenticator(const ServerSettings& settings);

}  // namespace dockerhub::mcp
