// How the settings of one server are called: the same ones stand in each server's section of the table.
#pragma once

#include <string>
#include <string_view>

namespace dockerhub::server {

struct SettingNames {
  std::string_view section;                // "mcp": its keys begin with "mcp."
  std::string_view variables;              // "MCP_": how most of its variables begin
  std::string_view auth_variable;          // of the log-in
  std::string_view static_token_variable;  // of the file of tokens
  std::string_view path;                   // below which the server is reached, "/mcp" or empty

  std::string key(std::string_view name) const {
    return std::string(section) + "." + std::string(name);
  }
  std::string variable(std::string_view name) const {
    return std::string(variables) + std::string(name);
  }
};

}  // namespace dockerhub::server
