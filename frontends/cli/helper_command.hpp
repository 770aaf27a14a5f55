// `dockerhub credential-helper get|store|erase|list`: Docker's helper protocol, over our own logins.json. Run by
// Docker as docker-credential-dockerhub. One thread.
#pragma once

#include <string>

#include "login_command.hpp"

namespace dockerhub::cli {

// `parsed`: what stood after the command, at least one positional. Gives the exit code.
Result<int> helper_command(const LoginSession& session, const ParsedOptions& parsed);

std::string helper_help();

}  // namespace dockerhub::cli
