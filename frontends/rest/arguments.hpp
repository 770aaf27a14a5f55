// The command line of dockerhub-rest.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace dockerhub::rest {

struct Arguments {
  std::optional<std::filesystem::path> env_file;
  std::map<std::string, std::string> settings;  // key of the settings table -> text
  std::string listen;                           // an address instead of host and port, or empty
  std::vector<std::string> confirm_for;         // "SUBJECT=MODE" each
  bool allow_unauthenticated = false;
  bool watch_plugins = false;
};

// A text to print instead of serving, and the exit code: help and version (0, to standard output)
// or a mistake (2, to standard error).
struct Notice {
  std::string text;
  int exit_code = 0;
};

std::variant<Arguments, Notice> read_arguments(int argc, const char* const* argv);

}  // namespace dockerhub::rest
