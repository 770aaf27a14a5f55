#include "arguments.hpp"

#include <CLI/CLI.hpp>

#include "dockerhub/kernel.hpp"

namespace dockerhub::mcp {
namespace {

constexpr int kUsage = 2;
constexpr const char* kStdio = "stdio";

constexpr const char* kDescription =
    "Docker Hub and OCI registries for models: a Model Context Protocol server over standard "
    "input\n"
    "and output. Start it from an MCP client; the environment holds the account and the settings.";

std::string version_text() {
  const Version built = version();
  return "dockerhub-mcp " + std::string(built.version) + " (ABI " + std::string(built.abi) +
         ", commit " + std::string(built.commit) + ")\n";
}

std::string only_stdio(const std::string& transport) {
  if (transport == kStdio) return {};
  return "'" + visible(transport) + "' is not offered yet: leave the option out or give stdio";
}

std::string mistake(const CLI::ParseError& error) {
  return "dockerhub-mcp: " + std::string(error.what()) +
         "\nRun dockerhub-mcp --help for the options.\n";
}

}  // namespace

std::variant<Arguments, Notice> read_arguments(int argc, const char* const* argv) {
  Arguments arguments;
  std::string env_file;
  std::string transport = kStdio;
  bool wants_version = false;

  CLI::App app(kDescription, "dockerhub-mcp");
  app.add_option("--env-file", env_file, "Read settings from this file; it may set everything")
      ->type_name("FILE");
  app.add_flag("--allow-destructive", arguments.allow_destructive,
               "Open the gate for destructive actions; each still needs the user's consent");
  app.add_option("--transport", transport, "How the client is connected: stdio")
      ->type_name("NAME")
      ->check(CLI::Validator(only_stdio, ""));
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
