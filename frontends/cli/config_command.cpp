#include "config_command.hpp"

#include <algorithm>
#include <array>

#include "exit_codes.hpp"
#include "kernel_session.hpp"

namespace dockerhub::cli {

namespace {

constexpr const char* kHidden = "***redacted***";

struct Session {
  const GlobalOptions& options;
  const Output& output;
  TextSource& source;
  Prompter& prompter;
};

Output printing(const Session& session, const Configuration& configuration) {
  Output output = session.output;
  const GlobalOptions& options = session.options;
  if (!options.output && !options.members && !options.has_program())
    output.format = output_format(configuration.text("output.format")).value_or(output.format);
  return output;
}

std::string shown_value(const SettingValue& setting) {
  if (setting.secret) return setting.set ? kHidden : "";
  return setting.value;
}

json::Value row_of(const SettingValue& setting, json::Document& document) {
  json::Value row(rapidjson::kObjectType);
  put(row, document, "key", setting.key);
  put(row, document, "value", shown_value(setting));
  put(row, document, "origin", setting.origin);
  put(row, document, "type", setting.type);
  put(row, document, "description", setting.description);
  return row;
}

Result<int> show(const Session& session, const ParsedOptions& parsed) {
  const auto configuration = load_configuration(session.options);
  if (!configuration) return Failure(configuration.error());
  json::Document rows(rapidjson::kArrayType);
  for (const SettingValue& setting : configuration->settings())
    rows.PushBack(row_of(setting, rows), rows.GetAllocator());
  std::vector<std::string> columns{"key", "value"};
  if (parsed.find("origin") != nullptr) columns.emplace_back("origin");
  print(printing(session, *configuration), rows, std::move(columns));
  return kExitOk;
}

Error unknown_key(const std::string& key, const std::vector<SettingValue>& settings) {
  std::vector<std::string> keys;
  keys.reserve(settings.size());
  for (const SettingValue& setting : settings) keys.push_back(setting.key);
  const std::string meant = likely(key, keys);
  return usage_error("There is no setting \"" + key + "\".",
                     meant.empty() ? "Run `dockerhub config show` for all of them."
                                   : "Did you mean " + meant + "?");
}

Result<int> get(const Session& session, const ParsedOptions& parsed) {
  const auto configuration = load_configuration(session.options);
  if (!configuration) return Failure(configuration.error());
  const std::vector<SettingValue> settings = configuration->settings();
  const std::string& key = parsed.positionals[1];
  const auto setting = std::find_if(settings.begin(), settings.end(),
                                    [&](const SettingValue& row) { return row.key == key; });
  if (setting == settings.end()) return Failure(unknown_key(key, settings));
  if (setting->secret) session.output.messages.note(key + " is a secret and is not shown.");
  json::Document document;
  const Output output = printing(session, *configuration);
  if (output.format == OutputFormat::json) {
    print(output, row_of(*setting, document), {});
  } else {
    print(output, text_value(shown_value(*setting), document), {});
  }
  return kExitOk;
}

// The type of a setting, empty for an unknown key. Which keys there are does not depend on any source.
std::string setting_type(const std::string& key) {
  ConfigurationSources sources;
  sources.read_user_file = false;
  sources.system_file.clear();
  const auto table = Configuration::load(sources);
  if (!table) return {};
  for (const SettingValue& setting : table->settings()) {
    if (setting.key == key) return setting.type;
  }
  return {};
}

// A proxy's URL may hold a password.
bool is_secret(const std::string& key, std::string_view text = {}) {
  const std::string type = setting_type(key);
  return type == "secret" || (type == "proxy" && text.find('@') != std::string_view::npos);
}

Result<std::string> new_value(const Session& session, const ParsedOptions& parsed) {
  const std::string& key = parsed.positionals[1];
  const bool given = parsed.positionals.size() > 2;
  if (!given) {
    const std::optional<std::string> typed = is_secret(key) && session.prompter.available()
                                                 ? session.prompter.secret(key + ": ")
                                                 : std::nullopt;
    if (typed) return *typed;
    return Failure(
        usage_error("`config set " + key + "` needs a value.",
                    "Usage: dockerhub config set KEY VALUE; @FILE or - (standard input) for a "
                    "secret."));
  }
  const std::string& where = parsed.positionals[2];
  Result<SourcedText> text =
      is_secret(key) ? session.source.read_secret(where, key, "Leave it out to be asked for it.")
                     : session.source.read(where, key);
  if (!text) return Failure(text.error());
  if (text->literal && is_secret(key, text->text)) {
    return Failure(
        usage_error(key + " is a secret: other users and the shell's history see a command line.",
                    "Give it as @FILE or - (standard input), or leave it out to be asked for it."));
  }
  return text->literal ? std::move(text->text) : without_line_end(std::move(text->text));
}

Result<int> write(const Session& session, const std::string& key,
                  const std::optional<std::string>& value) {
  const auto written =
      Configuration::write_user_setting(configuration_sources(session.options), key, value);
  if (!written) return Failure(written.error());
  session.output.messages.note((value ? "Set in " : "Removed from ") + written->string() + ".");
  const auto configuration = load_configuration(session.options);
  if (!configuration) return Failure(configuration.error());
  const std::string origin = configuration->origin(key);
  if (value && origin.rfind("user file ", 0) != 0)
    session.output.messages.warning(key + " is overridden by " + origin + ".");
  return kExitOk;
}

Result<int> set(const Session& session, const ParsedOptions& parsed) {
  if (auto real = refuse_dry_run(session.options, "config set"); !real)
    return Failure(real.error());
  const Result<std::string> value = new_value(session, parsed);
  if (!value) return Failure(value.error());
  return write(session, parsed.positionals[1], *value);
}

Result<int> unset(const Session& session, const ParsedOptions& parsed) {
  if (auto real = refuse_dry_run(session.options, "config unset"); !real)
    return Failure(real.error());
  return write(session, parsed.positionals[1], std::nullopt);
}

Result<int> path(const Session& session, const ParsedOptions&) {
  const auto configuration = load_configuration(session.options);
  if (!configuration) return Failure(configuration.error());
  json::Document rows(rapidjson::kArrayType);
  for (const ConfigurationFile& file : configuration->files()) {
    json::Value row(rapidjson::kObjectType);
    put(row, rows, "file", file.kind);
    put(row, rows, "state", file.present ? "read" : "absent");
    put(row, rows, "path", file.path.string());
    rows.PushBack(row, rows.GetAllocator());
  }
  print(printing(session, *configuration), rows, {"file", "state", "path"});
  return kExitOk;
}

// A module's settings are known only when its manifest was read.
Result<int> validate(const Session& session, const ParsedOptions&) {
  const auto configuration = load_configuration(session.options);
  if (!configuration) return Failure(configuration.error());
  std::vector<std::string> warnings;
  Hooks hooks;
  hooks.log = [&](LogLevel, std::string_view line) { warnings.emplace_back(line); };
  const auto kernel = Kernel::create(*configuration, std::move(hooks));
  if (!kernel) return Failure(kernel.error());
  json::Document result(rapidjson::kObjectType);
  json::Value rows(rapidjson::kArrayType);
  for (const std::string& warning : warnings) {
    session.output.messages.warning(warning);
    rows.PushBack(text_value(warning, result), result.GetAllocator());
  }
  result.AddMember("valid", true, result.GetAllocator());
  result.AddMember("warnings", rows, result.GetAllocator());
  const Output output = printing(session, *configuration);
  if (output.is_table()) {
    session.output.out.write("valid\n");
  } else {
    print(output, result, {});
  }
  return kExitOk;
}

constexpr std::array<SubcommandRow, 6> kSubcommands{{
    {"show", "", "every setting with its value; --origin: and where it comes from"},
    {"get", "KEY", "the value of one setting"},
    {"set", "KEY [VALUE]",
     "write a setting into the user's file; a secret from @FILE, - or the prompt"},
    {"unset", "KEY", "remove a setting from the user's file"},
    {"path", "", "the files that settings are read from, weakest first"},
    {"validate", "", "read all of them and say what is wrong"},
}};
constexpr std::array<Result<int> (*)(const Session&, const ParsedOptions&), 6> kFunctions{
    show, get, set, unset, path, validate};

}  // namespace

std::vector<OptionRow> config_options() {
  return {{"origin", 0, false, {}}};
}

std::string config_help() {
  return subcommands_help("config", kSubcommands) +
         "\nExamples:\n"
         "  dockerhub config show --origin\n"
         "  dockerhub config set output.format wide\n"
         "  dockerhub config get output.format\n"
         "  dockerhub config unset output.format\n"
         "  dockerhub config validate\n";
}

Result<int> config_command(const GlobalOptions& options, const ParsedOptions& parsed,
                           const Output& output, TextSource& source, Prompter& prompter) {
  const Result<std::size_t> row = find_subcommand("config", kSubcommands, parsed);
  if (!row) return Failure(row.error());
  return kFunctions[*row]({options, output, source, prompter}, parsed);
}

}  // namespace dockerhub::cli
