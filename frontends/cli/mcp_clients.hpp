// The programs that start MCP servers, each with the file that it keeps them in and the form in which it wants
// them (docs/mcp.md has the same for people). One row a client. Constants and free functions; any thread.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dockerhub/kernel.hpp"
#include "json.hpp"

namespace dockerhub::cli {

// The folder that a client's file is looked for in.
enum class ClientFolder { none, home, config, work };

struct ClientPlace {
  ClientFolder folder = ClientFolder::none;
  std::string_view file = {};
};

enum class ClientForm { json, yaml };

struct McpClient {
  std::string_view name, title;
  ClientPlace user = {}, project = {};
  std::string_view root = "mcpServers";  // the member that has the servers
  ClientForm form = ClientForm::json;
  std::string_view command = "command";  // the member that has the program
  std::string_view members = "{}";       // further ones, a JSON object
  bool names_itself = false;             // the entry repeats its name
  // How a variable is named, with * for its name; empty where the client cannot.
  std::string_view reference = {};
  bool prompts = false;  // it asks for what is named, so it needs no variable
};

std::span<const McpClient> mcp_clients();
std::vector<std::string> mcp_client_names();
const McpClient* find_mcp_client(std::string_view name);

using Variables = std::map<std::string, std::string, std::less<>>;

// Of this process: those that folders and references are made from. No secret is copied, only that it is there.
Variables client_variables();

// The file of a client, for the user or for the project in the working folder. Errors: the client has none of the
// kind, or neither HOME nor XDG_CONFIG_HOME says where it is.
Result<std::filesystem::path> client_file_path(const McpClient& client, bool project,
                                               const Variables& variables);

// What has to stand in the file: the entry in its root, and what goes with it. Credentials are named (those that
// are set, or that the client asks for), never contained.
json::Document client_document(const McpClient& client, const std::string& name,
                               const std::string& program, const Variables& variables);

// The same as the client's file would have it.
Result<std::string> client_document_text(const McpClient& client, const json::Value& document);

}  // namespace dockerhub::cli
