// The commands that are built in, for help, near misses and completion. They win over a module or a short
// form of the same name. Constants.
#pragma once

#include <array>
#include <string_view>

namespace dockerhub::cli {

struct CommandRow {
  std::string_view name, usage, help;
};

inline constexpr std::array<CommandRow, 16> kCommands{{
    {"login", "login [--host HOST]", "log in to Docker Hub or to a registry"},
    {"logout", "logout [--host HOST]", "take a stored log-in away"},
    {"auth-status", "auth-status", "which log-ins there are, and where they are kept"},
    {"account", "account add|use|list|remove", "several accounts at Docker Hub"},
    {"credential-helper", "credential-helper get|store|erase|list",
     "keeps Docker's log-ins, as docker-credential-dockerhub"},
    {"plugin", "plugin list|info|path|trust", "what modules were found, and which are trusted"},
    {"config", "config show|get|set|unset|path|validate",
     "settings: what is in force, and changes of yours"},
    {"doctor", "doctor", "what works, what does not, and what to do"},
    {"mcp", "mcp install|try", "dockerhub-mcp in the clients that start it; what a server offers"},
    {"trail", "trail verify|path", "the record of what was changed"},
    {"batch", "batch FILE|-", "many calls in one process, a line of JSON each"},
    {"api", "api [METHOD] PATH", "a request that no action makes, with log-in, gate and redaction"},
    {"watch", "watch ACTION ...", "what is new in a list, again and again"},
    {"alias", "alias set|list|delete", "shortcuts of your own"},
    {"completion", "completion bash|zsh|fish", "what a shell reads to complete commands"},
    {"help", "help [<module> [<action>]]", "as --help after them; also `help exit-codes`"},
}};

// `complete` is for the scripts of `completion`, and in no table.
constexpr bool is_builtin(std::string_view name) {
  for (const CommandRow& row : kCommands) {
    if (row.name == name) return true;
  }
  return name == "complete";
}

}  // namespace dockerhub::cli
