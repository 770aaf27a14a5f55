#include "mcp_install.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>

#include "client_file.hpp"
#include "document.hpp"
#include "exit_codes.hpp"
#include "json_merge.hpp"
#include "yaml_entry.hpp"

namespace dockerhub::cli {

namespace {

constexpr std::string_view kServerProgram = "dockerhub-mcp";
constexpr std::string_view kByHand = "Put the entry into it with an editor; `--print` shows it.";
// What clients call the address of a server that they do not start.
constexpr std::array<std::string_view, 4> kAddresses{"url", "httpUrl", "serverUrl", "uri"};
constexpr std::size_t kLongestName =
    32;  // some clients count it to the 60 letters of a tool's name

struct InstallOptions {
  const McpClient& client;
  std::string name;
  bool project;
};

const std::string* last_of(const ParsedOptions& parsed, std::string_view option) {
  const auto* given = parsed.find(option);
  return given == nullptr ? nullptr : &given->back();
}

bool is_server_name(std::string_view name) {
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  return !name.empty() && name.size() <= kLongestName && is_letter(name.front()) &&
         std::all_of(name.begin(), name.end(), [&](char c) {
           return is_letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '_';
         });
}

Result<const McpClient*> client_of(const ParsedOptions& parsed) {
  const std::string use = "Use one of: " + joined(mcp_client_names()) + ".";
  const std::string* given = last_of(parsed, "client");
  if (given == nullptr) return Failure(usage_error("`mcp install` needs --client NAME.", use));
  if (const McpClient* client = find_mcp_client(*given)) return client;
  const std::string meant = likely(*given, mcp_client_names());
  return Failure(usage_error("There is no client \"" + visible(*given) + "\".",
                             meant.empty() ? use : "Did you mean " + meant + "? " + use));
}

Result<InstallOptions> install_options(const ParsedOptions& parsed) {
  const auto client = client_of(parsed);
  if (!client) return Failure(client.error());
  const bool has_user_file = (*client)->user.folder != ClientFolder::none;
  InstallOptions options{**client, "dockerhub", !has_user_file};
  if (const std::string* name = last_of(parsed, "name")) options.name = *name;
  if (!is_server_name(options.name))
    return Failure(usage_error("--name: \"" + visible(options.name) + "\" is no name of a server.",
                               "Use up to 32 letters, digits, - and _, a letter first."));
  if (const std::string* scope = last_of(parsed, "scope")) {
    if (*scope != "user" && *scope != "project")
      return Failure(
          usage_error("--scope: \"" + visible(*scope) + "\" is no scope.", "Use user or project."));
    options.project = *scope == "project";
  }
  return options;
}

Failure not_changed(const std::string& origin, const std::string& why,
                    std::string_view hint = kByHand) {
  Error error;
  error.kind = ErrorKind::configuration;
  error.message = visible(origin) + " was not changed: " + why + ".";
  error.hint = hint;
  return Failure(std::move(error));
}

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

Result<json::Document> known_document(const McpClient& client, std::string_view text,
                                      const std::string& origin) {
  if (is_blank(text)) return json::Document(rapidjson::kObjectType);
  std::optional<json::Document> document;
  if (client.form == ClientForm::json) {
    document = json::parse(text);
    if (!document)
      return not_changed(origin, "it is no JSON, or has comments, which would be lost");
  } else {
    const auto converted = document_json(text, origin);
    if (!converted && converted.error().kind != ErrorKind::parameter)
      return Failure(converted.error());
    if (!converted) return not_changed(origin, "it is no YAML");
    document = json::parse(*converted);
  }
  // YAML of comments alone.
  if (client.form == ClientForm::yaml && document && document->IsNull()) document->SetObject();
  if (!document || !document->IsObject()) return not_changed(origin, "it is no object");
  return std::move(*document);
}

// The entry of that name, or nullptr.
const json::Value* entry_in(const McpClient& client, const json::Value& document,
                            std::string_view name) {
  const json::Value* servers = json::find(document, client.root);
  return servers == nullptr ? nullptr : json::find(*servers, name);
}

std::string_view name_in(const json::Value& wanted) {
  return json::view(wanted.MemberBegin()->value.MemberBegin()->name);
}

// Another path would make a mixture of an entry that starts something else (a container, say) or is an address.
bool starts_our_server(const McpClient& client, const json::Value& entry) {
  const std::filesystem::path program(json::text_of(entry, client.command));
  return program.filename() == kServerProgram &&
         std::none_of(kAddresses.begin(), kAddresses.end(), [&](std::string_view address) {
           return json::find(entry, address) != nullptr;
         });
}

Result<void> check_entry(const McpClient& client, const json::Value& known, std::string_view name,
                         const std::string& origin) {
  const json::Value* entry = entry_in(client, known, name);
  if (entry == nullptr || !entry->IsObject() || starts_our_server(client, *entry)) return {};
  return not_changed(origin, "another server has the name \"" + std::string(name) + "\" there",
                     "Give this one another with --name, or change that entry with an editor.");
}

Result<std::string> changed_text(const McpClient& client, std::string_view text,
                                 const json::Value& wanted, const json::Value& known,
                                 const json::Value& merged) {
  if (client.form == ClientForm::json) {
    if (is_blank(text)) return client_document_text(client, wanted);
    return merge_json_text(text, wanted, MemberNames(&client.command, 1));
  }
  const std::string_view name = name_in(wanted);
  return with_yaml_entry(text, client.root, name, entry_in(client, known, name),
                         *entry_in(client, merged, name));
}

bool has_entry(const McpClient& client, const ClientFile& file, const std::string& name) {
  const auto document = known_document(client, file.text, file.path.string());
  return document && entry_in(client, *document, name) != nullptr;
}

void tell_next_step(const InstallOptions& options, const json::Value& wanted,
                    const Output& output) {
  const json::Value* servers = json::find(wanted, options.client.root);
  const json::Value* references = json::find(*json::find(*servers, options.name), "env");
  output.messages.note(
      options.client.prompts ? "No credential is in the file: the client asks for it."
      : references != nullptr
          ? "No credential is in the file: it names the variables of your environment."
          : "No credential is in the file: dockerhub-mcp takes it from its environment or its own "
            "configuration, for registries from Docker's log-ins, too.");
  output.messages.note("Start " + std::string(options.client.title) + " again to see the server.");
}

Result<int> install(const InstallOptions& options, const std::filesystem::path& path,
                    const json::Value& wanted, bool dry_run, const Output& output) {
  const auto file = read_client_file(path);
  if (!file) return Failure(file.error());
  const auto text = with_client_document(options.client, file->text, wanted, file->path.string());
  if (!text) return Failure(text.error());
  std::filesystem::path backup;
  if (*text && !dry_run) {
    const auto replaced = replace_client_file(*file, **text);
    if (!replaced) return Failure(replaced.error());
    backup = *replaced;
  }
  const char* const outcome = !*text                                           ? "unchanged"
                              : has_entry(options.client, *file, options.name) ? "updated"
                                                                               : "added";
  json::Document row(rapidjson::kObjectType);
  put(row, row, "client", std::string(options.client.name));
  put(row, row, "server", options.name);
  put(row, row, "file", file->path.string());
  put(row, row, "outcome", outcome);
  put(row, row, "backup", backup.string());
  row.AddMember("dry_run", dry_run, row.GetAllocator());
  print(output, row, {});
  if (*text && !dry_run) tell_next_step(options, wanted, output);
  return kExitOk;
}

}  // namespace

Result<std::optional<std::string>> with_client_document(const McpClient& client,
                                                        std::string_view text,
                                                        const json::Value& wanted,
                                                        const std::string& origin) {
  const auto known = known_document(client, text, origin);
  if (!known) return Failure(known.error());
  if (const auto checked = check_entry(client, *known, name_in(wanted), origin); !checked)
    return Failure(checked.error());
  json::Document merged;
  merged.CopyFrom(*known, merged.GetAllocator());
  if (const auto done = merge_json(merged, wanted, MemberNames(&client.command, 1), merged); !done)
    return not_changed(origin, done.error());
  if (merged == *known) return std::optional<std::string>();
  Result<std::string> changed = changed_text(client, text, wanted, *known, merged);
  if (!changed) return Failure(changed.error());
  const auto outcome = known_document(client, *changed, origin);
  if (!outcome || *outcome != merged)
    return not_changed(origin, "it is written in a form that has to be changed by hand");
  return std::optional<std::string>(std::move(*changed));
}

Result<std::string> installed_server() {
  std::error_code problem;
  const std::filesystem::path own = std::filesystem::canonical("/proc/self/exe", problem);
  const std::filesystem::path server = own.parent_path() / kServerProgram;
  if (!problem && ::access(server.c_str(), X_OK) == 0) return server.string();
  Error error;
  error.kind = ErrorKind::configuration;
  error.message = "There is no program " + visible(server.string()) + ".";
  error.hint = "Install dockerhub-mcp beside dockerhub.";
  return Failure(std::move(error));
}

Result<int> mcp_install(const ParsedOptions& parsed, bool dry_run, const Output& output) {
  const auto options = install_options(parsed);
  if (!options) return Failure(options.error());
  const auto server = installed_server();
  if (!server) return Failure(server.error());
  const Variables variables = client_variables();
  const json::Document wanted = client_document(options->client, options->name, *server, variables);
  const Result<std::string> text = client_document_text(options->client, wanted);
  if (!text) return Failure(text.error());
  const auto path = client_file_path(options->client, options->project, variables);
  if (!path) return Failure(path.error());
  if (parsed.find("print") != nullptr) {
    output.out.write(*text);
    return kExitOk;
  }
  Result<int> code = install(*options, *path, wanted, dry_run, output);
  if (!code) output.out.write(*text);
  return code;
}

}  // namespace dockerhub::cli
