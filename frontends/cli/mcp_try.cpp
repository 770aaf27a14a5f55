#include "mcp_try.hpp"

#include <algorithm>
#include <cstdlib>
#include <memory>

#include "document.hpp"
#include "exit_codes.hpp"
#include "kernel_session.hpp"
#include "mcp_http_server.hpp"
#include "mcp_install.hpp"
#include "mcp_server_process.hpp"

namespace dockerhub::cli {

namespace {

constexpr std::chrono::milliseconds kUsualTime{60'000};
constexpr int kMostPages = 100;

struct TriedCall {
  std::string tool, arguments;  // tool: empty where none is called
};

// As the settings have it, without reading any: opening the kernel would take the credentials out of the
// environment that the server needs.
Result<std::chrono::milliseconds> time_for(const GlobalOptions& options) {
  if (!options.timeout) return kUsualTime;
  ConfigurationSources sources;
  sources.read_user_file = false;
  sources.system_file.clear();
  sources.flags["call.timeout"] = *options.timeout;
  const auto configuration = Configuration::load(sources);
  if (!configuration) return Failure(configuration.error());
  const std::chrono::milliseconds time(configuration->number("call.timeout"));
  return time.count() > 0 ? time : kUsualTime;
}

Result<std::vector<std::string>> server_command(const ParsedOptions& parsed,
                                                const GlobalOptions& options) {
  const auto& positionals = parsed.positionals;
  if (positionals.size() > 1)
    return std::vector<std::string>(positionals.begin() + 1, positionals.end());
  const auto server = installed_server();
  if (!server) return Failure(server.error());
  std::vector<std::string> words{*server, "--transport", "stdio"};
  if (options.env_file) words.insert(words.end(), {"--env-file", *options.env_file});
  if (options.allow_destructive) words.emplace_back("--allow-destructive");
  return words;
}

// Never the token itself: other users see the command line.
Result<std::string> bearer_of(const ParsedOptions& parsed, TextSource& source) {
  constexpr std::string_view kVariable = "env:";
  const auto* given = parsed.find("bearer");
  if (given == nullptr) return std::string();
  const std::string& where = given->back();
  if (where.starts_with(kVariable)) {
    const char* value = std::getenv(where.c_str() + kVariable.size());
    if (value != nullptr && *value != '\0') return std::string(value);
    return Failure(usage_error("--bearer: that variable is not set.", "Set it, or name another."));
  }
  if (!TextSource::refers(where))
    return Failure(usage_error("--bearer: a token on the command line can be seen by others.",
                               "Write @FILE, env:NAME, or - for standard input."));
  const auto text =
      source.read_secret(where, "--bearer", "Give it through a pipe, or write @FILE or env:NAME.");
  if (!text) return Failure(text.error());
  return without_line_end(text->text);
}

Result<void> check_address(const ParsedOptions& parsed) {
  const bool has_url = parsed.find("url") != nullptr;
  if (!has_url && parsed.find("bearer") != nullptr)
    return Failure(usage_error("--bearer is for a server over HTTP.", "Name its --url, too."));
  if (has_url && parsed.positionals.size() > 1)
    return Failure(usage_error("--url and a COMMAND are two servers.", "Name one of them."));
  return {};
}

// What a conversation needs; the kernel of a server over HTTP outlives it.
struct Connection {
  KernelSession session;
  std::unique_ptr<McpServer> server;
};

Result<void> connect_by_http(const ParsedOptions& parsed, const GlobalOptions& options,
                             TextSource& source, const Interruption& interruption,
                             std::chrono::steady_clock::time_point deadline,
                             Connection& connection) {
  auto bearer = bearer_of(parsed, source);
  if (!bearer) return Failure(bearer.error());
  if (auto opened = connection.session.open(options, false); !opened) return opened;
  connection.server =
      std::make_unique<McpHttpServer>(connection.session.kernel(), parsed.find("url")->back(),
                                      *std::move(bearer), interruption, deadline);
  return {};
}

Result<void> connect_by_pipes(const ParsedOptions& parsed, const GlobalOptions& options,
                              const Interruption& interruption,
                              std::chrono::steady_clock::time_point deadline,
                              Connection& connection) {
  const auto command = server_command(parsed, options);
  if (!command) return Failure(command.error());
  auto server = McpServerProcess::start(*command, interruption, deadline);
  if (!server) return Failure(server.error());
  connection.server = *std::move(server);
  return {};
}

Result<std::string> object_text(const GlobalOptions& options, TextSource& source) {
  if (!options.params) return std::string("{}");
  const auto given = source.read(*options.params, "params");
  if (!given) return Failure(given.error());
  const auto text =
      document_json(given->text, given->literal ? std::string("--params") : given->origin);
  if (!text) return text;
  const auto document = json::parse(*text);
  if (document && document->IsObject()) return text;
  return Failure(usage_error("--params: an object is needed.", "Write --params '{\"name\": 1}'."));
}

Result<TriedCall> call_of(const ParsedOptions& parsed, const GlobalOptions& options,
                          TextSource& source) {
  const auto* tool = parsed.find("tool");
  const auto* action = parsed.find("action");
  if (tool == nullptr && (action != nullptr || options.params))
    return Failure(usage_error("--action and --params are for a call.", "Name its --tool, too."));
  if (tool == nullptr) return TriedCall{};
  const auto params = object_text(options, source);
  if (!params) return Failure(params.error());
  if (action == nullptr) return TriedCall{tool->back(), *params};
  return TriedCall{tool->back(),
                   R"({"action":)" + json::quote(action->back()) + R"(,"params":)" + *params + "}"};
}

// {"server", "title", "version", "revision"}.
Result<json::Document> greet(McpServer& server) {
  const auto result = server.request(
      "initialize", R"({"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":)"
                    R"({"name":"dockerhub mcp try","version":)" +
                        json::quote(version().version) + "}}");
  if (!result) return Failure(result.error());
  if (const auto told = server.notify("notifications/initialized"); !told)
    return Failure(told.error());
  const json::Value nothing(rapidjson::kObjectType);
  const json::Value* about = json::find(*result, "serverInfo");
  if (about == nullptr) about = &nothing;
  json::Document told(rapidjson::kObjectType);
  put(told, told, "server", std::string(json::text_of(*about, "name")));
  put(told, told, "title", std::string(json::text_of(*about, "title")));
  put(told, told, "version", std::string(json::text_of(*about, "version")));
  put(told, told, "revision", std::string(json::text_of(*result, "protocolVersion")));
  return told;
}

json::Value row_of_tool(const json::Value& tool, json::Document& document) {
  std::string_view line = json::text_of(tool, "description", json::text_of(tool, "title"));
  line = line.substr(0, line.find('\n'));
  json::Value row(rapidjson::kObjectType);
  put(row, document, "name", std::string(json::text_of(tool, "name")));
  put(row, document, "description", std::string(line));
  return row;
}

Result<json::Value> tools_of(McpServer& server, json::Document& document) {
  json::Value rows(rapidjson::kArrayType);
  std::string params = "{}";
  for (int page = 0; page < kMostPages; ++page) {
    const auto result = server.request("tools/list", params);
    if (!result) return Failure(result.error());
    const json::Value* tools = json::find(*result, "tools");
    for (rapidjson::SizeType i = 0; tools != nullptr && tools->IsArray() && i < tools->Size(); ++i)
      rows.PushBack(row_of_tool((*tools)[i], document), document.GetAllocator());
    const json::Value* cursor = json::find(*result, "nextCursor");
    if (cursor == nullptr || !cursor->IsString()) break;
    params = R"({"cursor":)" + json::write(*cursor) + "}";
  }
  return rows;
}

Result<void> check_tool(const json::Value& tools, const std::string& name) {
  std::vector<std::string> names;
  for (const auto& tool : tools.GetArray()) names.emplace_back(json::text_of(tool, "name"));
  if (std::find(names.begin(), names.end(), name) != names.end()) return {};
  const std::string meant = likely(name, names);
  return Failure(usage_error(
      "The server has no tool \"" + visible(name) + "\".",
      meant.empty() ? "Use one of: " + joined(names) + "." : "Did you mean " + meant + "?"));
}

std::string text_of_result(const json::Value& result) {
  std::string text;
  const json::Value* contents = json::find(result, "content");
  for (rapidjson::SizeType i = 0;
       contents != nullptr && contents->IsArray() && i < contents->Size(); ++i) {
    const json::Value& content = (*contents)[i];
    const std::string_view given = json::text_of(content, "text");
    text += given.empty() ? "(" + std::string(json::text_of(content, "type")) + ")"
                          : json::indented(given);
    text += "\n";
  }
  return text;
}

bool is_error(const json::Value& result) {
  const json::Value* flag = json::find(result, "isError");
  return flag != nullptr && flag->IsTrue();
}

void show(const json::Document& told, const json::Value* result, const Output& output) {
  if (!output.is_table()) return print(output, told, {});
  if (result != nullptr && is_error(*result)) return;  // the error alone, which the caller tells
  json::Document head;
  head.CopyFrom(told, head.GetAllocator());
  const json::Value& tools = *json::find(told, "tools");
  head["tools"].SetUint(tools.Size());
  head.RemoveMember("result");
  print(output, head, {});
  if (!tools.Empty()) print(output, tools, {"name", "description"});
  if (result != nullptr) output.out.write(visible(text_of_result(*result), true));
}

// Fills `told`; its member `result` is that of the call.
Result<void> converse(McpServer& server, const TriedCall& call, json::Document& told) {
  auto greeting = greet(server);
  if (!greeting) return Failure(greeting.error());
  told = std::move(*greeting);
  auto tools = tools_of(server, told);
  if (!tools) return Failure(tools.error());
  const Result<void> known = call.tool.empty() ? Result<void>() : check_tool(*tools, call.tool);
  told.AddMember("tools", *tools, told.GetAllocator());
  if (call.tool.empty() || !known) return known;
  const auto result = server.request("tools/call", R"({"name":)" + json::quote(call.tool) +
                                                       R"(,"arguments":)" + call.arguments + "}");
  if (!result) return Failure(result.error());
  told.AddMember("result", json::Value(*result, told.GetAllocator()), told.GetAllocator());
  return {};
}

}  // namespace

Error error_of_tool(const json::Value& result) {
  Error error;
  const json::Value* structured = json::find(result, "structuredContent");
  const json::Value* told = structured == nullptr ? nullptr : json::find(*structured, "error");
  if (told == nullptr) {
    error.message = "The tool failed: " + text_of_result(result);
    while (error.message.back() == '\n') error.message.pop_back();
    return error;
  }
  error.kind = error_kind(json::text_of(*told, "type")).value_or(ErrorKind::api);
  error.message = json::text_of(*told, "message");
  error.hint = json::text_of(*told, "hint");
  const json::Value* status = json::find(*told, "status_code");
  if (status != nullptr && status->IsInt()) error.status_code = status->GetInt();
  return error;
}

Result<int> mcp_try(const ParsedOptions& parsed, const GlobalOptions& options, TextSource& source,
                    const Output& output, const Interruption& interruption) {
  if (const auto fits = check_address(parsed); !fits) return Failure(fits.error());
  if (parsed.find("tool") != nullptr) {
    if (auto real = refuse_dry_run(options, "mcp try --tool"); !real) return Failure(real.error());
  }
  const auto time = time_for(options);
  if (!time) return Failure(time.error());
  const auto call = call_of(parsed, options, source);
  if (!call) return Failure(call.error());
  const auto deadline = std::chrono::steady_clock::now() + *time;
  Connection connection;
  const auto connected =
      parsed.find("url") != nullptr
          ? connect_by_http(parsed, options, source, interruption, deadline, connection)
          : connect_by_pipes(parsed, options, interruption, deadline, connection);
  if (!connected) return Failure(connected.error());
  json::Document told;
  if (const auto done = converse(*connection.server, *call, told); !done)
    return Failure(done.error());
  const json::Value* result = json::find(told, "result");
  show(told, result, output);
  if (result != nullptr && is_error(*result)) return Failure(error_of_tool(*result));
  return kExitOk;
}

}  // namespace dockerhub::cli
