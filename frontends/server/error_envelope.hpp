// Errors that arise before the kernel is called. Any thread.
#pragma once

#include <string>

#include "dockerhub/kernel.hpp"

namespace dockerhub::server {

// {"error": {"type", "message", "hint"?, "parameter"?, "details"?}}: in the form of the kernel's envelope.
std::string error_envelope(const Error& error);

}  // namespace dockerhub::server
