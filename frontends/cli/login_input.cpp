#include "login_input.hpp"

#include <cstring>

#include "values.hpp"

namespace dockerhub::cli {

namespace {

constexpr const char* kWaysToGiveSecrets =
    "Leave it out to be asked on the terminal, or give it on standard input: --password-stdin.";

Failure seen_by_others(const std::string& what) {
  return Failure(usage_error(
      what + ": other users and the shell's history see a command line, so it is not taken from "
             "there. Revoke it if it was a real one.",
      kWaysToGiveSecrets));
}

bool from_standard_input(const ParsedOptions& parsed) {
  const auto* const given = parsed.find("password-stdin");
  return given != nullptr && boolean_of(given->back()).value_or(false);
}

Result<std::string> user_of(const LoginSession& session, const Configuration& configuration,
                            const ParsedOptions& parsed, const std::string& host) {
  if (const auto* const given = parsed.find("user")) return given->back();
  if (host.empty() && configuration.has("account.user")) return configuration.text("account.user");
  // What comes on standard input is the secret alone.
  const std::optional<std::string> typed =
      from_standard_input(parsed) ? std::nullopt : session.prompter.line("User: ");
  if (typed && !typed->empty()) return *typed;
  return Failure(usage_error("Whose log-in is it?", "Write --user NAME."));
}

Result<std::string> secret_of(const LoginSession& session, const ParsedOptions& parsed,
                              const std::string& user, const std::string& place) {
  if (from_standard_input(parsed)) {
    auto text = session.source.read_secret("-", "--password-stdin",
                                           "Leave the option out to be asked without that.");
    if (!text) return Failure(text.error());
    std::string secret = without_line_end(text->text);
    ::explicit_bzero(text->text.data(), text->text.size());
    return secret;
  }
  std::optional<std::string> typed =
      session.prompter.secret("Password or token of " + user + " at " + place + " (not shown): ");
  if (typed) return std::move(*typed);
  return Failure(usage_error("A password or token is needed.",
                             "Without a terminal give it on standard input: --password-stdin."));
}

}  // namespace

Result<void> refuse_literal_secrets(const ParsedOptions& parsed) {
  if (parsed.find("password") != nullptr) return seen_by_others("--password");
  const auto* const users = parsed.find("user");
  if (users != nullptr && is_docker_token(users->back()))
    return seen_by_others("--user is a token");
  for (const std::string& word : parsed.positionals) {
    if (is_docker_token(word)) return seen_by_others("an argument is a token");
  }
  const auto* const from_input = parsed.find("password-stdin");
  if (from_input != nullptr && !boolean_of(from_input->back()))
    return seen_by_others("--password-stdin with a value");
  return {};
}

Result<NewLogin> login_input(const LoginSession& session, const Configuration& configuration,
                             const ParsedOptions& parsed, const std::string& host) {
  NewLogin login;
  login.host = host;
  auto user = user_of(session, configuration, parsed, host);
  if (!user) return Failure(user.error());
  login.user = std::move(*user);
  auto secret =
      secret_of(session, parsed, login.user, host.empty() ? configuration.text("hub.url") : host);
  if (!secret) return Failure(secret.error());
  login.secret = std::move(*secret);
  const auto* const own = parsed.find("own-file");
  login.own_file = own != nullptr && boolean_of(own->back()).value_or(false);
  return login;
}

LoginAsker login_asker(const LoginSession& session) {
  LoginAsker asker;
  if (session.prompter.available())
    asker.code = [&prompter = session.prompter] {
      return prompter.line("Code of the second factor: ");
    };
  asker.agree = [session](const std::string& text) {
    if (session.options.yes) {
      session.output.messages.note(text);
      return Decision::approved;
    }
    if (!session.prompter.available()) return Decision::unavailable;
    session.output.messages.line(text);
    return session.prompter.line("Type yes to go on: ") == "yes" ? Decision::approved
                                                                 : Decision::denied;
  };
  return asker;
}

}  // namespace dockerhub::cli
