// User and secret for a log-in: from options, standard input or the terminal; never from the command line. One
// thread.
#pragma once

#include <string>

#include "dockerhub/logins.hpp"
#include "login_command.hpp"

namespace dockerhub::cli {

// Refuses secrets that stand on the command line, without repeating them.
Result<void> refuse_literal_secrets(const ParsedOptions& parsed);

// All but the account. `configuration`: names the user where no option does. The secret is the caller's to wipe.
Result<NewLogin> login_input(const LoginSession& session, const Configuration& configuration,
                             const ParsedOptions& parsed, const std::string& host);

// Asks on the terminal; what --yes says is told and agreed to.
LoginAsker login_asker(const LoginSession& session);

}  // namespace dockerhub::cli
