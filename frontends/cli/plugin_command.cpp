#include "plugin_command.hpp"

#include <array>
#include <filesystem>

#include "errors.hpp"
#include "exit_codes.hpp"
#include "lookup.hpp"

namespace dockerhub::cli {

namespace {

// What every subcommand works with.
struct PluginSession {
  Kernel& kernel;
  const GlobalOptions& options;
  const Output& output;
};

using Texts = std::vector<std::string>;

json::Value row_of(const ModuleInfo& module, json::Document& document) {
  json::Value row(rapidjson::kObjectType);
  put(row, document, "name", module.name);
  put(row, document, "version", module.version);
  put(row, document, "state", std::string(module_state_name(module.state)));
  put(row, document, "place", module.place);
  put(row, document, "file", module.file.string());
  put(row, document, "reason", module.reason);
  return row;
}

// Loads each module that may be; errors go to standard error.
bool load_all(const PluginSession& session) {
  bool all = true;
  for (const ModuleInfo& module : session.kernel.modules()) {
    if (module.state != ModuleState::not_loaded) continue;
    if (const Result<void> loaded = session.kernel.load(module.name); !loaded) {
      print_error(session.output.messages, loaded.error());
      all = false;
    }
  }
  return all;
}

Result<int> list(const PluginSession& session, const ParsedOptions& parsed) {
  const bool loaded = parsed.find("check") == nullptr || load_all(session);
  json::Document document(rapidjson::kArrayType);
  for (const ModuleInfo& module : session.kernel.modules()) {
    document.PushBack(row_of(module, document), document.GetAllocator());
  }
  print(session.output, document, {"name", "version", "state", "place", "file", "reason"});
  return loaded ? kExitOk : kExitFailure;
}

Result<ModuleInfo> module_named(const Kernel& kernel, const std::string& name) {
  Texts names;
  for (const ModuleInfo& module : kernel.modules()) {
    if (!module.name.empty() && shown_name(module.name) == shown_name(name)) return module;
    names.push_back(shown_name(module.name));
  }
  std::error_code ignored;
  if (std::filesystem::exists(name, ignored)) return kernel.check_file(name);
  const std::string meant = likely(shown_name(name), names);
  Error error;
  error.kind = ErrorKind::unknown_tool;
  error.message = "No module and no file has the name \"" + name + "\".";
  error.hint = meant.empty() ? "Run `dockerhub plugin list` for the modules that were found."
                             : "Did you mean `" + meant + "`?";
  return Failure(std::move(error));
}

json::Document details_of(const ModuleInfo& module) {
  json::Document object(rapidjson::kObjectType);
  const std::array<std::pair<const char*, std::string>, 12> rows{{
      {"name", module.name},
      {"version", module.version},
      {"title", module.title},
      {"publisher", module.publisher},
      {"license", module.license},
      {"abi", module.abi},
      {"toggle", module.toggle},
      {"file", module.file.string()},
      {"place", module.place},
      {"sha256", module.sha256},
      {"state", std::string(module_state_name(module.state))},
      {"reason", module.reason},
  }};
  for (const auto& [key, value] : rows) put(object, object, key, value);
  json::Value refused(rapidjson::kArrayType);
  for (const std::string& action : module.refused_actions) {
    refused.PushBack(text_value(action, object), object.GetAllocator());
  }
  object.AddMember("refused_actions", refused, object.GetAllocator());
  return object;
}

Result<int> info(const PluginSession& session, const ParsedOptions& parsed) {
  const Result<ModuleInfo> module = module_named(session.kernel, parsed.positionals[1]);
  if (!module) return Failure(module.error());
  print(session.output, details_of(*module), {});
  return kExitOk;
}

Result<int> show_places(const PluginSession& session, const ParsedOptions&) {
  json::Document rows(rapidjson::kArrayType);
  for (const auto& [directory, place] : session.kernel.module_places()) {
    json::Value row(rapidjson::kObjectType);
    put(row, rows, "place", place);
    put(row, rows, "directory", directory.string());
    rows.PushBack(row, rows.GetAllocator());
  }
  print(session.output, rows, {"place", "directory"});
  return kExitOk;
}

Result<int> trust(const PluginSession& session, const ParsedOptions& parsed) {
  if (auto real = refuse_dry_run(session.options, "plugin trust"); !real)
    return Failure(real.error());
  const auto trusted = session.kernel.trust(parsed.positionals[1]);
  if (!trusted) return Failure(trusted.error());
  json::Document object = details_of(trusted->module);
  json::Value changes(rapidjson::kArrayType);
  for (const std::string& change : trusted->changes) {
    changes.PushBack(text_value(change, object), object.GetAllocator());
    session.output.messages.note("Changed since it was last trusted: " + change);
  }
  object.AddMember("changes", changes, object.GetAllocator());
  print(session.output, object, {});
  return kExitOk;
}

constexpr std::array<SubcommandRow, 4> kPluginSubcommands{{
    {"list", "", "every module that was found, with its state and the reason; --check loads each"},
    {"info", "NAME", "one module, or a file that is none yet"},
    {"path", "", "the folders that are searched, in their order"},
    {"trust", "FILE", "allow a module that is not part of the installation"},
}};
constexpr std::array<Result<int> (*)(const PluginSession&, const ParsedOptions&), 4>
    kPluginFunctions{list, info, show_places, trust};

}  // namespace

std::string plugin_help() {
  return subcommands_help("plugin", kPluginSubcommands) +
         "\nExamples:\n"
         "  dockerhub plugin list --check\n"
         "  dockerhub plugin info registry\n"
         "  dockerhub plugin path\n";
}

std::vector<OptionRow> plugin_options() {
  return {{"check", 0, false, {}}};
}

Result<int> plugin_command(Kernel& kernel, const GlobalOptions& options,
                           const ParsedOptions& parsed, const Output& output) {
  const Result<std::size_t> row = find_subcommand("plugin", kPluginSubcommands, parsed);
  if (!row) return Failure(row.error());
  return kPluginFunctions[*row]({kernel, options, output}, parsed);
}

}  // namespace dockerhub::cli
