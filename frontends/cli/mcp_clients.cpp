#include "mcp_clients.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "builtin.hpp"
#include "dockerhub/yaml.hpp"
#include "option_parser.hpp"

namespace dockerhub::cli {

namespace {

constexpr std::string_view kStdio = R"({"type": "stdio"})";
constexpr std::string_view kGoose =
    R"({"enabled": true, "type": "stdio", "args": [], "envs": {}, "env_keys": [], "timeout": 300})";

struct CredentialVariable {
  std::string_view name, question;
  bool is_secret;
};

// The first two are what a client asks for.
constexpr std::array<CredentialVariable, 4> kCredentials{{
    {"DOCKER_HUB_USER", "Docker Hub: user name (empty: none)", false},
    {"DOCKER_HUB_TOKEN", "Docker Hub: access token (empty: none)", true},
    {"DOCKERHUB_USERNAME", "", false},
    {"DOCKERHUB_TOKEN", "", true},
}};

constexpr std::array<std::string_view, 2> kFolderVariables{"HOME", "XDG_CONFIG_HOME"};

std::filesystem::path absolute_in(const Variables& variables, std::string_view name) {
  const auto found = variables.find(name);
  const std::filesystem::path path(found == variables.end() ? "" : found->second);
  return path.is_absolute() ? path : std::filesystem::path();
}

std::filesystem::path folder_of(ClientFolder folder, const Variables& variables) {
  std::filesystem::path own_home = absolute_in(variables, "HOME");
  if (folder == ClientFolder::home) return own_home;
  std::filesystem::path configured = absolute_in(variables, "XDG_CONFIG_HOME");
  if (!configured.empty() || own_home.empty()) return configured;
  return own_home / ".config";
}

std::string reference_to(const McpClient& client, std::string_view variable) {
  std::string text(client.reference);
  return text.replace(text.find('*'), 1, variable);
}

bool is_named(const McpClient& client, const CredentialVariable& row, const Variables& variables) {
  if (client.reference.empty()) return false;
  return client.prompts ? !row.question.empty() : variables.count(row.name) > 0;
}

json::Value references_of(const McpClient& client, const Variables& variables,
                          json::Document& document) {
  json::Value references(rapidjson::kObjectType);
  for (const CredentialVariable& row : kCredentials) {
    if (is_named(client, row, variables))
      put(references, document, row.name.data(), reference_to(client, row.name));
  }
  return references;
}

json::Value prompts_of(json::Document& document) {
  json::Value prompts(rapidjson::kArrayType);
  for (const CredentialVariable& row : kCredentials) {
    if (row.question.empty()) continue;
    json::Value prompt(rapidjson::kObjectType);
    put(prompt, document, "type", "promptString");
    put(prompt, document, "id", std::string(row.name));
    put(prompt, document, "description", std::string(row.question));
    if (row.is_secret) prompt.AddMember("password", true, document.GetAllocator());
    prompts.PushBack(prompt, document.GetAllocator());
  }
  return prompts;
}

json::Value entry_of(const McpClient& client, const std::string& name, const std::string& program,
                     const Variables& variables, json::Document& document) {
  const auto members = json::parse(client.members);
  json::Value entry(*members, document.GetAllocator());
  if (client.names_itself) put(entry, document, "name", name);
  put(entry, document, client.command.data(), program);
  json::Value references = references_of(client, variables, document);
  if (!references.ObjectEmpty()) entry.AddMember("env", references, document.GetAllocator());
  return entry;
}

}  // namespace

std::span<const McpClient> mcp_clients() {
  using enum ClientFolder;
  static constexpr std::array<McpClient, 9> kClients{{
      {.name = "claude-desktop",
       .title = "Claude Desktop",
       .user = {config, "Claude/claude_desktop_config.json"}},
      {.name = "claude-code",
       .title = "Claude Code",
       .user = {home, ".claude.json"},
       .project = {work, ".mcp.json"},
       .members = kStdio,
       .reference = "${*:-}"},
      {.name = "vscode",
       .title = "VS Code",
       .user = {config, "Code/User/mcp.json"},
       .project = {work, ".vscode/mcp.json"},
       .root = "servers",
       .members = kStdio,
       .reference = "${input:*}",
       .prompts = true},
      {.name = "cursor",
       .title = "Cursor",
       .user = {home, ".cursor/mcp.json"},
       .project = {work, ".cursor/mcp.json"},
       .members = kStdio,
       .reference = "${env:*}"},
      {.name = "zed",
       .title = "Zed",
       .user = {config, "zed/settings.json"},
       .project = {work, ".zed/settings.json"},
       .root = "context_servers",
       .members = R"({"args": []})"},
      {.name = "windsurf",
       .title = "Windsurf",
       .user = {home, ".codeium/windsurf/mcp_config.json"},
       .reference = "${env:*}"},
      {.name = "gemini-cli",
       .title = "Gemini CLI",
       .user = {home, ".gemini/settings.json"},
       .project = {work, ".gemini/settings.json"},
       .reference = "${*}"},
      {.name = "goose",
       .title = "Goose",
       .user = {config, "goose/config.yaml"},
       .root = "extensions",
       .form = ClientForm::yaml,
       .command = "cmd",
       .members = kGoose,
       .names_itself = true},
      {.name = "generic", .title = "the client", .project = {work, "mcp_config.json"}},
  }};
  return kClients;
}

std::vector<std::string> mcp_client_names() {
  std::vector<std::string> names;
  for (const McpClient& client : mcp_clients()) names.emplace_back(client.name);
  return names;
}

const McpClient* find_mcp_client(std::string_view name) {
  const auto rows = mcp_clients();
  const auto found = std::find_if(rows.begin(), rows.end(), [&](const McpClient& client) {
    return client.name == dashed(name);
  });
  return found == rows.end() ? nullptr : &*found;
}

Variables client_variables() {
  Variables variables;
  for (const std::string_view name : kFolderVariables) {
    if (const char* value = std::getenv(name.data())) variables.emplace(name, value);
  }
  for (const CredentialVariable& row : kCredentials) {
    const char* value = std::getenv(row.name.data());
    if (value != nullptr && *value != '\0') variables.emplace(row.name, "");
  }
  return variables;
}

Result<std::filesystem::path> client_file_path(const McpClient& client, bool project,
                                               const Variables& variables) {
  const ClientPlace& place = project ? client.project : client.user;
  if (place.folder == ClientFolder::none) {
    return Failure(usage_error(
        std::string(client.title) + " has no such file for " + (project ? "a project." : "a user."),
        std::string("Use --scope ") + (project ? "user." : "project.")));
  }
  if (place.folder == ClientFolder::work)
    return std::filesystem::absolute(std::filesystem::path(place.file));
  const std::filesystem::path folder = folder_of(place.folder, variables);
  if (!folder.empty()) return folder / place.file;
  return Failure(
      usage_error("HOME is not set: the file of " + std::string(client.title) + " cannot be found.",
                  "Set HOME to your own folder."));
}

json::Document client_document(const McpClient& client, const std::string& name,
                               const std::string& program, const Variables& variables) {
  json::Document document(rapidjson::kObjectType);
  auto& allocator = document.GetAllocator();
  json::Value servers(rapidjson::kObjectType);
  servers.AddMember(text_value(name, document),
                    entry_of(client, name, program, variables, document), allocator);
  document.AddMember(text_value(std::string(client.root), document), servers, allocator);
  if (client.prompts) document.AddMember("inputs", prompts_of(document), allocator);
  return document;
}

Result<std::string> client_document_text(const McpClient& client, const json::Value& document) {
  if (client.form == ClientForm::yaml) return yaml_of_json(json::write(document));
  return json::indented(json::write(document)) + "\n";
}

}  // namespace dockerhub::cli
