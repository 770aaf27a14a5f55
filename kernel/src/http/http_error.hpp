// Errors of the HTTP client in one form. Free functions; any thread.
#pragma once

#include <string>

#include "dockerhub/kernel.hpp"

namespace dockerhub::http {

// ErrorKind::network.
Failure network_failure(std::string message, std::string hint);
// What the peer sent is no HTTP, or cut short: also ErrorKind::network.
Failure malformed(std::string what);
// errno's text.
std::string system_text(int number);

}  // namespace dockerhub::http
