// The commands that are built in, for help, near misses and completion. They win over a module or a short
// form of the same name. Constants.
#pragma once

#include <array>
#include <string_view>

namespace dockerhub::cli {

struct CommandRow {
  std::string_view name, usage, help;
};

inline constexpr std::array<CommandRow, 8> kCommands{{
    {"plugin", "plugin list|info|path|trust", "what modules were found, and which are trusted"},
    {"config", "config show|get|set|unset|path|validate",
     "settings: what is in force, and changes of yours"},
    {"doctor", "doctor", "what works, what does not, and what to do"},
    {"mcp", "mcp install|try", "dockerhub-mcp in the clients that start it; what a server offers"},
    {"trail", "trail verify|path", "the record of what was changed"},
    {"batch", "batch FILE|-", "many calls in one process, a line of JSON each"},
    {"completion", "completion bash|zsh|fish", "what a shell reads to complete commands"},
    {"help", "help [<module> [<action>]]", "as --help after them; also `help exit-codes`"},
}};

}  // namespace dockerhub::cli
