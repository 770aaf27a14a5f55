#include "arguments.hpp"

#include <CLI/CLI.hpp>
#include <array>

#include "dockerhub/kernel.hpp"
#include "refused_options.hpp"

namespace dockerhub::mcp {
namespace {

constexpr int kUsage = 2;

constexpr const char* kDescription =
    "Docker Hub and OCI registries for models: a Model Context Protocol server over standard "
    "input\n"
    "and output, or over HTTP. The environment holds the account and the settings.";

// An option that is a setting, too: the option is stronger.
struct SettingOption {
  const char* names;
  const char* key;
  const char* type;
  const char* help;
};

constexpr auto kSettingOptions = std::to_array<SettingOption>({
    {"-t,--transport", "mcp.transport", "NAME",
     "How clients are connected: stdio, streamable-http, sse (for old clients)"},
    {"-H,--host", "mcp.host", "ADDRESS",
     "Address to listen on over HTTP [127.0.0.1; dockerhub-api: 0.0.0.0]"},
    {"-p,--port", "mcp.port", "PORT", "Port to listen on over HTTP; 0: a free one [8000]"},
    {"--tls-certificate", "mcp.tls_certificate", "FILE",
     "Speak TLS, with this certificate (PEM) and those behind it in the file"},
    {"--tls-key", "mcp.tls_key", "FILE", "Its private key (PEM), readable by its owner alone"},
    {"--requests-per-second", "mcp.requests_per_second", "NUMBER",
     "Requests that one client may send in a second; 0: no limit [1000]"},
    {"--auth-type", "mcp.auth", "NAME",
     "How callers over HTTP log in: none, static, jwt, remote-oauth"},
    {"--token-jwks-uri", "mcp.token_jwks_uri", "URL", "Where the keys of signed tokens are"},
    {"--token-public-key", "mcp.token_public_key", "PEM",
     "The one key instead: its text, or its file"},
    {"--token-secret", "mcp.token_secret", "WHERE",
     "A secret shared with the issuer instead: @FILE or env:VARIABLE that holds it"},
    {"--token-issuer", "mcp.token_issuer", "TEXT", "Issuer of signed tokens"},
    {"--token-audience", "mcp.token_audience", "TEXT", "Audience that they have to be for"},
    {"--token-algorithm", "mcp.token_algorithm", "NAMES",
     "Their algorithms, separated by commas [all that fit the key]"},
    {"--required-scopes", "mcp.required_scopes", "NAMES", "Scopes that every signed token needs"},
    {"--remote-auth-servers", "mcp.auth_servers", "URLS",
     "Who gives out tokens, as clients are told"},
    {"--remote-base-url", "mcp.base_url", "URL", "Where clients reach the server, without /mcp"},
    {"--tool-mode", "mcp.tool_mode", "NAME",
     "Tools that models see: condensed, verbose, both, dynamic"},
    {"--tools,--toolsets", "mcp.enabled_tools", "NAMES",
     "The only tools, modules or actions (tool.action) to offer, separated by commas"},
    {"--disabled-tools,--disabled-toolsets,--exclude-tools", "mcp.disabled_tools", "NAMES",
     "Tools, modules or actions not to offer"},
    {"--max-result-tokens", "mcp.max_result_tokens", "NUMBER",
     "Longest answer, in tokens (bytes / 4); longer ones are cut; 0: no limit [10000]"},
});

struct SettingFlag {
  const char* names;
  const char* key;
  const char* help;
};

constexpr auto kSettingFlags = std::to_array<SettingFlag>({
    {"--allow-destructive", "safety.allow_destructive",
     "Open the gate for destructive actions; each still needs the user's consent"},
    {"--no-destructive", "mcp.no_destructive", "Offer nothing destructive"},
    {"--read-only", "mcp.read_only", "Offer nothing but reads"},
});

std::string version_text() {
  const Version built = version();
  return "dockerhub-mcp " + std::string(built.version) + " (ABI " + std::string(built.abi) +
         ", commit " + std::string(built.commit) + ")\n";
}

std::string mistake(const CLI::ParseError& error) {
  return "dockerhub-mcp: " + std::string(error.what()) +
         "\nRun dockerhub-mcp --help for the options.\n";
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

// Not shown by --help; their values, which may be secrets, are in no message.
void add_refused(CLI::App& app) {
  for (const RefusedOption& row : refused_options()) {
    const auto refuse = [&row] {
      throw CLI::ValidationError(row.name,
                                 "is not an option of this program. " + std::string(row.instead));
    };
    CLI::Option* option = row.takes_value
                              ? app.add_option_function<std::string>(
                                    row.name, [refuse](const std::string& /*value*/) { refuse(); })
                              : app.add_flag_callback(row.name, refuse);
    option->group("");
  }
}

}  // namespace

std::variant<Arguments, Notice> read_arguments(int argc, const char* const* argv) {
  Arguments arguments;
  std::string env_file;
  bool wants_version = false;

  CLI::App app(kDescription, "dockerhub-mcp");
  app.add_option("--env-file", env_file, "Read settings from this file; it may set everything")
      ->type_name("FILE");
  add_settings(app, arguments);
  add_refused(app);
  app.add_option("--listen", arguments.listen,
                 "Where to listen over HTTP, instead of --host and --port: HOST:PORT or unix:PATH")
      ->type_name("WHERE");
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

}  // namespace dockerhub::mcp
