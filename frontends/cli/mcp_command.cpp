#include "mcp_command.hpp"

#include <algorithm>
#include <array>

#include "mcp_clients.hpp"
#include "mcp_install.hpp"
#include "mcp_try.hpp"

namespace dockerhub::cli {

namespace {

constexpr std::size_t kInstall = 0;

constexpr std::array<SubcommandRow, 2> kMcpSubcommands{{
    {"install", "", "write the entry that starts dockerhub-mcp into a client's configuration file"},
    {"try", "[COMMAND...]", "ask a server what it offers, and call one tool of it"},
}};

struct McpOptionRow {
  std::size_t subcommand;
  std::string_view name, value_name, help;
};

constexpr std::array<McpOptionRow, 8> kMcpOptions{{
    {0, "client", "NAME", "the client (see below); needed"},
    {0, "scope", "SCOPE", "user or project (the folder that you are in); user where it has both"},
    {0, "name", "NAME", "how the client calls the server; dockerhub"},
    {0, "print", "", "show the entry and write nothing"},
    {1, "url", "URL", "a server over streamable HTTP, in place of one that is started"},
    {1, "bearer", "SOURCE", "what it is shown: @FILE, env:NAME, or - for standard input"},
    {1, "tool", "NAME", "the tool that is called"},
    {1, "action", "NAME", "its action, where it has some; --params has the parameters then"},
}};

std::string options_text(std::size_t subcommand) {
  constexpr std::size_t kNameColumn = 18;
  std::string text = "\nOptions of " + std::string(kMcpSubcommands[subcommand].name) + ":\n";
  for (const McpOptionRow& row : kMcpOptions) {
    if (row.subcommand != subcommand) continue;
    std::string name = "--" + std::string(row.name) + " " + std::string(row.value_name);
    name.resize(std::max(kNameColumn, name.size() + 1), ' ');
    text += "  " + name + std::string(row.help) + "\n";
  }
  return text;
}

Result<void> check_options(const ParsedOptions& parsed, std::size_t subcommand) {
  for (const McpOptionRow& row : kMcpOptions) {
    if (row.subcommand == subcommand || parsed.find(row.name) == nullptr) continue;
    const std::string command = "`mcp " + std::string(kMcpSubcommands[subcommand].name) + "`";
    return Failure(usage_error(command + " takes no --" + std::string(row.name) + ".",
                               "Run `dockerhub mcp --help`."));
  }
  return {};
}

}  // namespace

std::vector<OptionRow> mcp_options() {
  std::vector<OptionRow> rows;
  for (const McpOptionRow& row : kMcpOptions)
    rows.push_back({std::string(row.name), 0, !row.value_name.empty(), {}});
  return rows;
}

std::vector<std::string> mcp_option_values(std::string_view option) {
  if (option == "client") return mcp_client_names();
  if (option == "scope") return {"user", "project"};
  return {};
}

Result<int> mcp_command(const ParsedOptions& parsed, const GlobalOptions& options,
                        TextSource& source, const Output& output,
                        const Interruption& interruption) {
  const auto row = find_subcommand("mcp", kMcpSubcommands, parsed);
  if (!row) return Failure(row.error());
  if (const auto fits = check_options(parsed, *row); !fits) return Failure(fits.error());
  if (*row == kInstall) return mcp_install(parsed, options.dry_run, output);
  return mcp_try(parsed, options, source, output, interruption);
}

std::string mcp_help() {
  std::string text = subcommands_help("mcp", kMcpSubcommands) + options_text(0) + options_text(1);
  text += "\nClients:";
  for (const std::string& name : mcp_client_names()) text += " " + name;
  text +=
      "\n\nWithout a COMMAND `try` starts the dockerhub-mcp that is installed beside this program, "
      "with --env-file\nand --allow-destructive as they are given here; after `--` a COMMAND may "
      "have options of its own. It is\nspoken to over its standard streams. Another program than "
      "that dockerhub-mcp gets no variable that holds a\nsecret, none that one of these names "
      "(env:NAME), and no proxy with a user or password. The server of\n--url is asked with this "
      "program's own settings for the network; its address is https, or http on this\nmachine.\n\n"
      "Examples:\n"
      "  dockerhub mcp install --client claude-code --print\n"
      "  dockerhub mcp try\n"
      "  dockerhub mcp try --tool hub_repos --action list --params '{\"namespace\": "
      "\"library\"}'\n";
  return text;
}

}  // namespace dockerhub::cli
