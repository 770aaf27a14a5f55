#include "config/layers.hpp"

#include "base/file.hpp"
#include "base/file_permissions.hpp"
#include "config/dotenv.hpp"
#include "config/environment.hpp"
#include "config/named_secrets.hpp"
#include "config/values.hpp"

namespace dockerhub {
namespace {

// They name files: never taken from one.
constexpr std::string_view kEnvFileVariable = "DOCKERHUB_ENV_FILE";
constexpr std::string_view kSystemFileVariable = "DOCKERHUB_SYSTEM_CONFIG";

constexpr const char* kSystemFile = "system file";
constexpr const char* kUserFile = "user file";
constexpr const char* kEnvFile = "env file";

bool is_secret(const Setting* row) {
  return row != nullptr && may_hold_secret(row->type);
}

void wipe_secrets(Variables& variables, const std::set<std::string, std::less<>>& named) {
  for (auto& [name, sourced] : variables) {
    const bool secret = is_secret(find_setting_by_variable(name)) || named.count(name) != 0;
    if (secret) wipe(sourced.value.data(), sourced.value.size());
  }
}

Variables from_environment(const ConfigurationSources& sources) {
  Variables variables;
  auto values = sources.process_environment ? process_environment() : sources.environment;
  for (auto& [name, value] : values) {
    if (!value.empty()) variables[name] = {value, "environment " + name, Layer::environment};
    wipe(value.data(), value.size());
  }
  return variables;
}

Result<Variables> variables_of(FileText file, const std::filesystem::path& path, bool found) {
  Result<std::vector<DotenvEntry>> entries = parse_dotenv(file.text, path.string());
  wipe(file.text.data(), file.text.size());
  if (!entries) return Failure(std::move(entries.error()));
  Variables variables;
  for (DotenvEntry& entry : *entries) {
    const std::string origin = "env file " + path.string() + ":" + std::to_string(entry.line);
    if (!entry.value.empty()) variables[entry.name] = {entry.value, origin, Layer::env_file, found};
    wipe(entry.value.data(), entry.value.size());
  }
  return variables;
}

Result<Variables> named_env_file(const std::filesystem::path& path, Layers& layers) {
  layers.files.push_back({kEnvFile, path, true});
  Result<FileText> file = read_file(path, kDotenvLimit);
  if (!file) return Failure(std::move(file.error()));
  return variables_of(std::move(*file), path, false);
}

// A found file may not open, weaken or redirect anything, nor name a file that could.
Result<void> check_found(const Variables& variables, ConfigurationSources::Program program) {
  for (const auto& [name, sourced] : variables) {
    const Setting* row = find_setting_by_variable(name);
    const bool forbidden =
        row != nullptr && row->source == SettingSource::named && concerns(*row, program);
    if (!forbidden && name != kEnvFileVariable && name != kSystemFileVariable) continue;
    return refused(
        sourced.origin + ": " + name + " is not taken from a .env that nobody named",
        "Remove the line; or set " + name +
            " in the environment, or name the file with --env-file or DOCKERHUB_ENV_FILE.");
  }
  return {};
}

Result<Variables> found_env_file(const std::filesystem::path& path,
                                 ConfigurationSources::Program program, Layers& layers) {
  layers.files.push_back({kEnvFile, path, false});
  if (is_missing(path)) return Variables{};
  Result<FileText> file = read_file(path, kDotenvLimit);
  if (!file) return Failure(std::move(file.error()));
  if (!file->only_ours()) {
    layers.warnings.push_back(path.string() +
                              " is ignored: another user owns it or may write it. Name it " +
                              "with --env-file if you trust it.");
    return Variables{};
  }
  Result<Variables> variables = variables_of(std::move(*file), path, true);
  if (!variables) return variables;
  if (auto checked = check_found(*variables, program); !checked)
    return Failure(std::move(checked.error()));
  layers.files.back().present = true;
  return variables;
}

Result<Variables> env_file(const ConfigurationSources& sources, Layers& layers) {
  if (sources.env_file) return named_env_file(*sources.env_file, layers);
  const auto named = layers.environment.find(kEnvFileVariable);
  if (named != layers.environment.end()) return named_env_file(named->second.value, layers);
  if (sources.dotenv) return found_env_file(*sources.dotenv, sources.program, layers);
  return Variables{};
}

bool holds_secret_setting(const UserFile& file) {
  for (const UserFile::Entry& entry : file.entries) {
    const bool plain = entry.setting->type == SettingType::proxy
                           ? entry.text.find('@') == std::string::npos
                           : names_secret(entry.text);
    if (is_secret(entry.setting) && !plain) return true;
  }
  return false;
}

// Where a variable of the environment says it, else where the program does; whether somebody named it.
bool locate_system_file(const ConfigurationSources& sources, Layers& layers) {
  const auto named = layers.environment.find(kSystemFileVariable);
  layers.system_file_path = sources.system_file;
  if (named == layers.environment.end()) return false;
  layers.system_file_path = named->second.value;
  return true;
}

// A text that was read, into entries; the text is wiped.
Result<UserFile> entries_of(FileText file, const std::filesystem::path& path, Layers& layers) {
  Result<UserFile> parsed = parse_user_file(file.text, path.string());
  wipe(file.text.data(), file.text.size());
  if (parsed && file.readable_by_others() && holds_secret_setting(*parsed)) {
    layers.warnings.push_back(path.string() +
                              " holds secrets and other users may read it: chmod 600 it.");
  }
  return parsed;
}

Failure not_ours(const std::filesystem::path& path, const std::string& owner) {
  return refused(
      path.string() + ": another user owns this file or may write it",
      "Check its content, then make it " + owner + " alone: chown it and chmod go-w it.");
}

Result<void> read_system_file(const ConfigurationSources& sources, Layers& layers) {
  const bool named = locate_system_file(sources, layers);
  const std::filesystem::path& path = layers.system_file_path;
  if (path.empty()) return {};
  layers.files.push_back({kSystemFile, path, false});
  if (!named && is_missing(path)) return {};
  Result<FileText> file = read_file(path, kUserFileLimit);
  if (!file) return Failure(std::move(file.error()));
  // The machine's own belongs to root: whoever could write it would speak to all users.
  const bool for_all = path == ConfigurationSources().system_file;
  if (!file->only_ours() || (for_all && file->owner != 0)) {
    return not_ours(path, for_all ? "root's" : "yours");
  }
  std::error_code problem;
  const std::filesystem::path real = std::filesystem::canonical(path, problem);
  if (problem) return refused(path.string() + ": " + problem.message(), "Check the path.");
  if (auto checked = check_folders(real.parent_path()); !checked) return checked;
  Result<UserFile> parsed = entries_of(std::move(*file), path, layers);
  if (!parsed) return Failure(std::move(parsed.error()));
  layers.system_file = std::move(*parsed);
  layers.files.back().present = true;
  return {};
}

Result<void> read_user_file(const ConfigurationSources& sources, Layers& layers) {
  const std::filesystem::path& path = layers.user_file_path;
  if (!sources.read_user_file || path.empty()) return {};
  layers.files.push_back({kUserFile, path, false});
  if (!sources.user_file && is_missing(path)) return {};
  Result<FileText> file = read_file(path, kUserFileLimit);
  if (!file) return Failure(std::move(file.error()));
  if (!file->only_ours()) return not_ours(path, "yours");
  Result<UserFile> parsed = entries_of(std::move(*file), path, layers);
  if (!parsed) return Failure(std::move(parsed.error()));
  layers.user_file = std::move(*parsed);
  layers.files.back().present = true;
  return {};
}

void wipe_secrets(UserFile& file) {
  for (UserFile::Entry& entry : file.entries) {
    if (is_secret(entry.setting)) wipe(entry.text.data(), entry.text.size());
  }
}

// Adds the variable that a secret setting's text names, if it names one.
void add_named(Layers& layers, const Setting* setting, std::string_view text) {
  if (setting == nullptr || setting->type != SettingType::secret) return;
  if (const std::string_view name = named_variable(text); !name.empty()) layers.named.emplace(name);
}

void find_named_variables(const ConfigurationSources& sources, Layers& layers) {
  for (const UserFile* file : {&layers.system_file, &layers.user_file}) {
    for (const UserFile::Entry& entry : file->entries) add_named(layers, entry.setting, entry.text);
  }
  for (const Variables* variables : {&layers.env_file, &layers.environment}) {
    for (const auto& [name, sourced] : *variables)
      add_named(layers, find_setting_by_variable(name), sourced.value);
  }
  for (const auto& [key, text] : sources.flags) add_named(layers, find_setting(key), text);
}

}  // namespace

Layers::~Layers() {
  wipe_secrets(env_file, named);
  wipe_secrets(environment, named);
  wipe_secrets(system_file);
  wipe_secrets(user_file);
}

bool concerns(const Setting& row, ConfigurationSources::Program program) {
  using Program = ConfigurationSources::Program;
  switch (row.reader) {
    case SettingReader::command_line:
      return program == Program::command_line;
    case SettingReader::server:
      return program == Program::server;
    case SettingReader::rest:
      return program == Program::rest;
    case SettingReader::all:
      break;
  }
  return true;
}

void locate_user_file(const ConfigurationSources& sources, Layers& layers) {
  layers.environment = from_environment(sources);
  std::map<std::string, std::string> places;
  for (const char* const name : {"XDG_CONFIG_HOME", "HOME"}) {
    const auto found = layers.environment.find(name);
    if (found != layers.environment.end()) places[name] = found->second.value;
  }
  layers.user_folder = user_configuration_folder(places);
  if (!layers.user_folder.empty()) layers.user_file_path = layers.user_folder / "config.yaml";
  if (sources.user_file) layers.user_file_path = *sources.user_file;
  if (sources.user_file) layers.user_folder = sources.user_file->parent_path();
}

Result<Layers> read_layers(const ConfigurationSources& sources) {
  Layers layers;
  locate_user_file(sources, layers);
  if (auto read = read_system_file(sources, layers); !read) return Failure(std::move(read.error()));
  if (auto read = read_user_file(sources, layers); !read) return Failure(std::move(read.error()));
  Result<Variables> variables = env_file(sources, layers);
  if (!variables) return Failure(std::move(variables.error()));
  layers.env_file = std::move(*variables);
  find_named_variables(sources, layers);
  return layers;
}

}  // namespace dockerhub
