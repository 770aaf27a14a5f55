#include "arguments.hpp"

#include <CLI/CLI.hpp>
#include <array>

#include "dockerhub/kernel.hpp"

namespace dockerhub::rest {
namespace {

constexpr int kUsage = 2;

constexpr const char* kDescription =
    "Docker Hub and OCI registries for programs: every action over HTTP, with an OpenAPI document\n"
    "at /openapi.json. The environment holds the account and the settings.";

// An option that is a setting, too: the option is stronger.
struct SettingOption {
  const char* names;
  const char* key;
  const char* type;
  const char* help;
};

constexpr auto kSettingOptions = std::to_array<SettingOption>({
    {"-H,--host", "rest.host", "ADDRESS", "Address to listen on [127.0.0.1]"},
    {"-p,--port", "rest.port", "PORT", "Port to listen on; 0: a free one [8080]"},
    {"--tls-certificate", "rest.tls_certificate", "FILE",
     "Speak TLS, with this certificate (PEM) and those behind it in the file"},
    {"--tls-key", "rest.tls_key", "FILE", "Its private key (PEM), readable by its owner alone"},
    {"--requests-per-second", "rest.requests_per_second", "NUMBER",
     "Requests that one client may send in a second; 0: no limit [1000]"},
    {"--auth-type", "rest.auth", "NAME",
     "How callers log in: none, static, jwt, remote-oauth [none]"},
    {"--token-jwks-uri", "rest.token_jwks_uri", "URL", "Where the keys of signed tokens are"},
    {"--token-public-key", "rest.token_public_key", "PEM",
     "The one key instead: its text, or its file"},
    {"--token-secret", "rest.token_secret", "WHERE",
     "A secret shared with the issuer instead: @FILE or env:VARIABLE that holds it"},
    {"--token-issuer", "rest.token_issuer", "TEXT", "Issuer of signed tokens"},
    {"--token-audience", "rest.token_audience", "TEXT", "Audience that they have to be for"},
    {"--token-algorithm", "rest.token_algorithm", "NAMES",
     "Their algorithms, separated by commas [all that fit the key]"},
    {"--required-scopes", "rest.required_scopes", "NAMES", "Scopes that every signed token needs"},
    {"--remote-auth-servers", "rest.auth_servers", "URLS",
     "Who gives out tokens, as clients are told"},
    {"--remote-base-url", "rest.base_url", "URL", "Where clients reach the server, without /v1"},
    {"--confirm", "rest.confirm", "NAME",
     "Who consents to what needs consent: two-step, other-principal, never [two-step]"},
});

struct SettingFlag {
  const char* names;
  const char* key;
  const char* help;
};

constexpr auto kSettingFlags = std::to_array<SettingFlag>({
    {"--allow-destructive", "safety.allow_destructive",
     "Open the gate for destructive actions; each still needs consent"},
    {"--read-only", "rest.read_only", "Do nothing but reads"},
});

std::string version_text() {
  const Version built = version();
  return "dockerhub-rest " + std::string(built.version) + " (ABI " + std::string(built.abi) +
         ", commit " + std::string(built.commit) + ")\n";
}

std::string mistake(const CLI::ParseError& error) {
  return "dockerhub-rest: " + std::string(error.what()) +
         "\nRun dockerhub-rest --help for the options.\n";
}

void add_settings(CLI::App& app, Arguments& arguments) {
  for (const SettingOption& row : kSettingOptions) {
    app.add_option_function<std::string>(
           row.names,
           [&arguments, key = row.key](const std::string& text) { arguments.settings[key] = text; },
           row.help)
        ->type_name(row.type);
  }
  for (const SettingFlag& row : kSettingFlags) {
    app.add_flag_callback(
        row.names, [&arguments, key = row.key] { arguments.settings[key] = "true"; }, row.help);
  }
}

}  // namespace

std::variant<Arguments, Notice> read_arguments(int argc, const char* const* argv) {
  Arguments arguments;
  std::string env_file;
  bool wants_version = false;

  CLI::App app(kDescription, "dockerhub-rest");
  app.add_option("--env-file", env_file, "Read settings from this file; it may set everything")
      ->type_name("FILE");
  add_settings(app, arguments);
  app.add_option("--listen", arguments.listen,
                 "Where to listen, instead of --host and --port: HOST:PORT or unix:PATH")
      ->type_name("WHERE");
  // Each occurrence takes one argument, whatever it looks like.
  app.add_option(
         "--confirm-for", arguments.confirm_for,
         "Who consents to what a subject of signed tokens calls, instead of --confirm; may be "
         "repeated")
      ->type_name("SUBJECT=MODE")
      ->allow_extra_args(false);
  app.add_flag("--allow-unauthenticated", arguments.allow_unauthenticated,
               "Let everybody who reaches the server do everything, also from other machines");
  app.add_flag(
      "--watch-plugins", arguments.watch_plugins,
      "Look for modules again when a file of theirs, or which of them are trusted, changes");
  app.add_flag("--version", wants_version, "Print version, ABI and commit");
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    return Notice{app.help(), 0};
  } catch (const CLI::ParseError& error) {
    return Notice{mistake(error), kUsage};
  }
  if (wants_version) return Notice{version_text(), 0};
  if (!env_file.empty()) arguments.env_file = env_file;
  return arguments;
}

}  // namespace dockerhub::rest
