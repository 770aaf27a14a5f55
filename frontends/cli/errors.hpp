// Errors on standard error: three lines for people, one object for programs.
#pragma once

#include <string>
#include <string_view>

#include "dockerhub/kernel.hpp"
#include "messages.hpp"

namespace dockerhub::cli {

// {"error": {...}} with the keys that errors of calls have.
std::string error_json(const Error& error);

// What happened; the request, if there was one; what to do next.
void print_error(Messages& messages, const Error& error);

}  // namespace dockerhub::cli
