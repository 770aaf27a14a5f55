#include "helper_command.hpp"

#include <array>
#include <cstring>

#include "dockerhub/logins.hpp"
#include "exit_codes.hpp"
#include "kernel_session.hpp"

namespace dockerhub::cli {

namespace {

// What Docker knows a missing login by, word for word.
constexpr const char* kNoSuchLogin = "credentials not found in native keychain\n";

struct Helper {
  Logins& logins;
  const LoginSession& session;
};

std::string one_line(const std::string& text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

Result<std::string> input(const LoginSession& session) {
  auto text = session.source.read("-", "credential-helper");
  if (!text) return Failure(text.error());
  return std::move(text->text);
}

Result<int> helper_get(const Helper& helper) {
  if (helper.session.output.out.terminal())
    return Failure(usage_error("`credential-helper get` prints a secret, and this is a terminal.",
                               "It is for Docker; `dockerhub auth-status` shows what is stored."));
  const auto server = input(helper.session);
  if (!server) return Failure(server.error());
  auto found = helper.logins.own_get(one_line(*server));
  if (!found) return Failure(found.error());
  if (!*found) {
    helper.session.output.out.write(kNoSuchLogin);
    return kExitFailure;
  }
  std::string& login = **found;
  helper.session.output.out.write(login);
  ::explicit_bzero(login.data(), login.size());
  helper.session.output.out.write("\n");
  return kExitOk;
}

Result<int> helper_store(const Helper& helper) {
  auto text = input(helper.session);
  if (!text) return Failure(text.error());
  const auto stored = helper.logins.own_store(*text);
  ::explicit_bzero(text->data(), text->size());
  if (!stored) return Failure(stored.error());
  return kExitOk;
}

Result<int> helper_erase(const Helper& helper) {
  const auto server = input(helper.session);
  if (!server) return Failure(server.error());
  const auto erased = helper.logins.own_erase(one_line(*server));
  if (!erased) return Failure(erased.error());
  return kExitOk;
}

Result<int> helper_list(const Helper& helper) {
  const auto rows = helper.logins.own_list();
  if (!rows) return Failure(rows.error());
  std::string object;
  for (const auto& [server, user] : *rows) {
    object.append(object.empty() ? "" : ",")
        .append(json::quote(server))
        .append(":")
        .append(json::quote(user));
  }
  helper.session.output.out.write("{" + object + "}\n");
  return kExitOk;
}

constexpr std::array<SubcommandRow, 4> kHelperSubcommands{{
    {"get", "", "the login of the server named on standard input, as JSON"},
    {"store", "", "the login that is on standard input, as JSON"},
    {"erase", "", "takes the login of the server named on standard input away"},
    {"list", "", "servers and users, as JSON"},
}};
constexpr std::array<Result<int> (*)(const Helper&), 4> kHelperFunctions{helper_get, helper_store,
                                                                         helper_erase, helper_list};

}  // namespace

Result<int> helper_command(const LoginSession& session, const ParsedOptions& parsed) {
  const Result<std::size_t> row = find_subcommand("credential-helper", kHelperSubcommands, parsed);
  if (!row) return Failure(row.error());
  if (auto real = refuse_dry_run(session.options, "credential-helper"); !real)
    return Failure(real.error());
  const auto configuration = load_configuration(session.options);
  if (!configuration) return Failure(configuration.error());
  Logins logins(*configuration);
  return kHelperFunctions[*row]({logins, session});
}

std::string helper_help() {
  return subcommands_help("credential-helper", kHelperSubcommands) +
         "\nDocker uses it as docker-credential-dockerhub, where its config.json has\n"
         "{\"credsStore\": \"dockerhub\"}. The logins are in logins.json of these programs, mode "
         "0600.\n\n"
         "Examples:\n"
         "  dockerhub credential-helper store < login.json\n"
         "  dockerhub credential-helper list\n"
         "  echo registry.example.com | dockerhub credential-helper get\n"
         "  echo registry.example.com | dockerhub credential-helper erase\n";
}

}  // namespace dockerhub::cli
