#include "login_command.hpp"

#include <array>
#include <cstring>

#include "dockerhub/logins.hpp"
#include "exit_codes.hpp"
#include "kernel_session.hpp"
#include "login_input.hpp"

namespace dockerhub::cli {

namespace {

Output login_output(const LoginSession& session, const Configuration& configuration) {
  Output output = session.output;
  if (!session.options.output && !session.options.members && !session.options.has_program())
    output.format = output_format(configuration.text("output.format")).value_or(output.format);
  return output;
}

Result<std::string> host_of(const ParsedOptions& parsed, std::string_view command) {
  const auto* const option = parsed.find("host");
  std::vector<std::string> given = parsed.positionals;
  if (option != nullptr) given.push_back(option->back());
  if (given.size() > 1)
    return Failure(usage_error("`" + std::string(command) + "` takes one host.",
                               "Usage: dockerhub " + std::string(command) + " [--host HOST]"));
  return given.empty() ? std::string() : given.front();
}

json::Value row_of_login(const KnownLogin& login, json::Document& document) {
  json::Value row(rapidjson::kObjectType);
  put(row, document, "host", login.host);
  put(row, document, "account", login.account);
  put(row, document, "user", login.user);
  put(row, document, "kind", login.kind);
  put(row, document, "kept_in", login.kept_in);
  row.AddMember("current", login.current, document.GetAllocator());
  return row;
}

void print_logins(const Output& output, const std::vector<KnownLogin>& logins) {
  json::Document rows(rapidjson::kArrayType);
  for (const KnownLogin& login : logins)
    rows.PushBack(row_of_login(login, rows), rows.GetAllocator());
  print(output, rows, {"host", "account", "user", "kind", "kept_in", "current"});
}

void print_report(const Output& output, const LoginReport& report) {
  json::Document document(rapidjson::kObjectType);
  put(document, document, "host", report.host);
  if (!report.account.empty()) put(document, document, "account", report.account);
  put(document, document, "user", report.user);
  put(document, document, "kind", report.kind);
  put(document, document, "kept_in", report.kept_in);
  if (!report.token_service.empty()) put(document, document, "token_service", report.token_service);
  print(output, document, {});
}

// What was agreed to once need not be asked again.
Result<void> record_realm(const LoginSession& session, const Configuration& configuration,
                          const std::string& pair) {
  const std::string known = configuration.text("registry.realms");
  const auto written =
      Configuration::write_user_setting(configuration_sources(session.options), "registry.realms",
                                        known.empty() ? pair : known + "," + pair);
  if (!written) {
    Error error = written.error();
    error.message = "The log-in is stored, but its token service is not recorded: " + error.message;
    error.hint = "Set registry.realms to " + pair + " in your configuration. " + error.hint;
    return Failure(std::move(error));
  }
  session.output.messages.note("Recorded in " + written->string() + ": registry.realms has " +
                               pair + " now.");
  return {};
}

Result<int> log_in(const LoginSession& session, const ParsedOptions& parsed,
                   const std::string& host, const std::string& account, bool current) {
  const auto configuration = load_configuration(session.options);
  if (!configuration) return Failure(configuration.error());
  auto login = login_input(session, *configuration, parsed, host);
  if (!login) return Failure(login.error());
  login->account = account;
  login->current = current;
  Logins logins(*configuration);
  const auto report = logins.log_in(*login, login_asker(session), session.interruption.token());
  ::explicit_bzero(login->secret.data(), login->secret.size());
  if (!report) return Failure(report.error());
  print_report(login_output(session, *configuration), *report);
  for (const std::string& warning : report->warnings) session.output.messages.warning(warning);
  if (!report->new_realm.empty()) {
    if (auto recorded = record_realm(session, *configuration, report->new_realm); !recorded)
      return Failure(recorded.error());
  }
  return kExitOk;
}

struct OpenedLogins {
  Configuration configuration;
  std::unique_ptr<Logins> logins;
};

Result<OpenedLogins> open_logins(const LoginSession& session) {
  auto configuration = load_configuration(session.options);
  if (!configuration) return Failure(configuration.error());
  auto logins = std::make_unique<Logins>(*configuration);
  return OpenedLogins{std::move(*configuration), std::move(logins)};
}

void tell_warnings(const LoginSession& session, const KnownLogin& login) {
  for (const std::string& warning : login.warnings) session.output.messages.warning(warning);
}

void tell_gone(const LoginSession& session, const KnownLogin& gone) {
  tell_warnings(session, gone);
  session.output.messages.note("Logged out: " + (gone.user.empty() ? "a token" : gone.user) +
                               " at " + gone.host + ", from " + gone.kept_in +
                               ". A token is revoked at the server alone.");
}

Result<int> add_account(const LoginSession& session, const ParsedOptions& parsed) {
  if (parsed.find("host") != nullptr)
    return Failure(usage_error("`account add` is for Docker Hub.",
                               "For a registry: dockerhub login --host HOST."));
  return log_in(session, parsed, {}, parsed.positionals[1], false);
}

Result<int> use_account(const LoginSession& session, const ParsedOptions& parsed) {
  const auto opened = open_logins(session);
  if (!opened) return Failure(opened.error());
  const auto done = opened->logins->use_account(parsed.positionals[1]);
  if (!done) return Failure(done.error());
  session.output.messages.note("Docker Hub is asked as " + parsed.positionals[1] +
                               " now. What Docker itself uses is not changed.");
  return kExitOk;
}

Result<int> list_accounts(const LoginSession& session, const ParsedOptions&) {
  const auto opened = open_logins(session);
  if (!opened) return Failure(opened.error());
  const auto accounts = opened->logins->accounts();
  if (!accounts) return Failure(accounts.error());
  print_logins(login_output(session, opened->configuration), *accounts);
  return kExitOk;
}

Result<void> agree_to_remove(const LoginSession& session, const std::string& name) {
  Messages& messages = session.output.messages;
  const std::string text = "The account " + name + " is removed here, with its stored secret.";
  if (session.options.yes) {
    messages.note(text);
    return {};
  }
  if (session.prompter.available()) {
    messages.line(text);
    if (session.prompter.line("Type " + name + " to confirm: ") == name) return {};
  }
  Error error;
  error.kind = ErrorKind::approval;
  error.message = "nobody agreed to remove the account " + name;
  error.hint = "Type its name on the terminal, or add --yes.";
  return Failure(std::move(error));
}

Result<int> remove_account(const LoginSession& session, const ParsedOptions& parsed) {
  const std::string& name = parsed.positionals[1];
  if (auto agreed = agree_to_remove(session, name); !agreed) return Failure(agreed.error());
  const auto opened = open_logins(session);
  if (!opened) return Failure(opened.error());
  const auto gone = opened->logins->remove_account(name, session.interruption.token());
  if (!gone) return Failure(gone.error());
  tell_gone(session, *gone);
  return kExitOk;
}

constexpr std::array<SubcommandRow, 4> kAccountSubcommands{{
    {"add", "NAME", "log in to Docker Hub as a further account; options as of `login`"},
    {"use", "NAME", "the account that counts where nobody names one"},
    {"list", "", "the stored accounts, without their secrets"},
    {"remove", "NAME", "take an account away, with its stored secret"},
}};
constexpr std::array<Result<int> (*)(const LoginSession&, const ParsedOptions&), 4>
    kAccountFunctions{add_account, use_account, list_accounts, remove_account};

}  // namespace

std::vector<OptionRow> login_options() {
  return {{"user", 'u', true, {"username"}},
          {"password", 'p', true, {}},
          {"password-stdin", 0, false, {}},
          {"host", 0, true, {}},
          {"own-file", 0, false, {}}};
}

std::vector<OptionRow> logout_options() {
  return {{"host", 0, true, {}}};
}

Result<int> login_command(const LoginSession& session, const ParsedOptions& parsed) {
  if (auto clean = refuse_literal_secrets(parsed); !clean) return Failure(clean.error());
  if (auto real = refuse_dry_run(session.options, "login"); !real) return Failure(real.error());
  const auto host = host_of(parsed, "login");
  if (!host) return Failure(host.error());
  return log_in(session, parsed, *host, session.options.as.value_or(""), true);
}

Result<int> logout_command(const LoginSession& session, const ParsedOptions& parsed) {
  if (auto real = refuse_dry_run(session.options, "logout"); !real) return Failure(real.error());
  const auto host = host_of(parsed, "logout");
  if (!host) return Failure(host.error());
  const auto opened = open_logins(session);
  if (!opened) return Failure(opened.error());
  const auto gone = opened->logins->log_out(*host, session.interruption.token());
  if (!gone) return Failure(gone.error());
  tell_gone(session, *gone);
  return kExitOk;
}

Result<int> auth_status_command(const LoginSession& session, const ParsedOptions& parsed) {
  if (!parsed.positionals.empty())
    return Failure(
        usage_error("Unexpected argument after `auth-status`.", "Usage: dockerhub auth-status"));
  const auto opened = open_logins(session);
  if (!opened) return Failure(opened.error());
  const auto logins = opened->logins->status(session.interruption.token());
  if (!logins) return Failure(logins.error());
  print_logins(login_output(session, opened->configuration), *logins);
  for (const KnownLogin& login : *logins) tell_warnings(session, login);
  if (!logins->empty()) return kExitOk;
  session.output.messages.note("Nobody is logged in: dockerhub login.");
  return kExitLogin;
}

Result<int> account_command(const LoginSession& session, const ParsedOptions& parsed) {
  if (auto clean = refuse_literal_secrets(parsed); !clean) return Failure(clean.error());
  if (auto real = refuse_dry_run(session.options, "account"); !real) return Failure(real.error());
  const Result<std::size_t> row = find_subcommand("account", kAccountSubcommands, parsed);
  if (!row) return Failure(row.error());
  return kAccountFunctions[*row](session, parsed);
}

std::string login_help() {
  return "Usage: dockerhub login [--user NAME] [--password-stdin] [--host HOST] [--own-file]\n"
         "\n"
         "Logs in to Docker Hub, or to the registry HOST, and stores the log-in where Docker "
         "stores\n"
         "its own: with its credential helper, else in its config.json, else in logins.json of\n"
         "these programs. It is verified before it is stored.\n"
         "\n"
         "The secret is a password, or an access token of a user or an organization. On a terminal "
         "it\n"
         "is asked for and not shown; elsewhere it comes on standard input. An account with a "
         "second\n"
         "factor is asked for the code, and gets an access token, which is stored in place of the\n"
         "password.\n"
         "\n"
         "Options:\n"
         "  -u, --user NAME     the user, or the organization of an access token\n"
         "  --password-stdin    the secret is the line on standard input\n"
         "  --host HOST         a registry, as host or host:port; also as the argument\n"
         "  --own-file          into logins.json, whatever Docker uses\n"
         "  --as NAME           as a further account of that name (`dockerhub account --help`);\n"
         "                      needed where the user is an e-mail address\n"
         "  -y, --yes           agrees to a token service of another host, and to replacing a "
         "log-in\n"
         "\n"
         "Examples:\n"
         "  dockerhub login\n"
         "  dockerhub login --user acme --password-stdin < token\n"
         "  dockerhub login --host ghcr.io --user ann\n";
}

std::string logout_help() {
  return "Usage: dockerhub logout [--host HOST] [--as NAME]\n"
         "\n"
         "Takes the log-in of Docker Hub (the current account, or NAME), or of the registry HOST, "
         "away\n"
         "from where it is stored. It stays valid at the server: revoke a token there.\n"
         "\n"
         "Examples:\n"
         "  dockerhub logout\n"
         "  dockerhub logout --as work\n"
         "  dockerhub logout --host ghcr.io\n";
}

std::string auth_status_help() {
  return "Usage: dockerhub auth-status\n"
         "\n"
         "Shows which log-ins there are and where they are kept, without secrets; the one that "
         "Docker\n"
         "Hub's requests carry is marked as current. Exit code 4: there is none. `dockerhub "
         "doctor`\n"
         "tries it out.\n"
         "\n"
         "Examples:\n"
         "  dockerhub auth-status\n"
         "  dockerhub auth-status -o json\n";
}

std::string account_help() {
  return subcommands_help("account", kAccountSubcommands) +
         "\nA call is made as the account of --as NAME, else DOCKERHUB_ACCOUNT, else the one that\n"
         "account.namespaces names for its namespace, else the one of `account use`.\n"
         "\nExamples:\n"
         "  dockerhub account add work --user ann --password-stdin < token\n"
         "  dockerhub --as work ls acme\n"
         "  dockerhub config set account.namespaces acme=work,ann=private\n";
}

}  // namespace dockerhub::cli
