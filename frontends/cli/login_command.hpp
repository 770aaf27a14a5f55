// `dockerhub login`, `logout`, `auth-status` and `account add|use|list|remove`: who this user is, at Docker Hub and at
// registries. No secret is taken from the command line or shown. One thread.
#pragma once

#include <string>
#include <vector>

#include "builtin.hpp"
#include "global_options.hpp"
#include "interruption.hpp"
#include "prompter.hpp"
#include "text_source.hpp"

namespace dockerhub::cli {

// What these commands work with.
struct LoginSession {
  const GlobalOptions& options;
  Output output;
  TextSource& source;
  Prompter& prompter;
  const Interruption& interruption;
};

// Options of their own, beside the global ones.
std::vector<OptionRow> login_options();
std::vector<OptionRow> logout_options();

// `parsed`: what stood after the command. Each gives the exit code.
Result<int> login_command(const LoginSession& session, const ParsedOptions& parsed);
Result<int> logout_command(const LoginSession& session, const ParsedOptions& parsed);
Result<int> auth_status_command(const LoginSession& session, const ParsedOptions& parsed);
// At least one positional.
Result<int> account_command(const LoginSession& session, const ParsedOptions& parsed);

std::string login_help();
std::string logout_help();
std::string auth_status_help();
std::string account_help();

}  // namespace dockerhub::cli
