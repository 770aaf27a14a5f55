#include "kernel_session.hpp"

#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <map>

namespace dockerhub::cli {

namespace {

void wipe_environment_of(ConfigurationSources& sources) {
  for (auto& [name, value] : sources.environment) ::explicit_bzero(value.data(), value.size());
}

ConfigurationSources sources_of(const GlobalOptions& options, bool preliminary);

// The hosts that the settings name themselves; empty where they cannot be read. A base URL may be what the option is
// for, and would be refused without it: the usual ones stand here for all of them.
std::string plain_hosts_of_settings(GlobalOptions options) {
  options.plain_http.reset();
  ConfigurationSources nothing;
  nothing.read_user_file = false;
  nothing.system_file.clear();
  const Result<Configuration> usual = Configuration::load(nothing);
  if (!usual) return {};
  ConfigurationSources sources = sources_of(options, true);
  for (const SettingValue& row : usual->settings()) {
    if (row.type == "url" && !row.fallback.empty()) sources.flags[row.key] = row.fallback;
  }
  const Result<Configuration> settings = Configuration::load(sources);
  wipe_environment_of(sources);
  return settings ? settings->text("http.plain_hosts") : std::string();
}

std::map<std::string, std::string> flags_of(const GlobalOptions& options) {
  std::map<std::string, std::string> flags;
  if (options.allow_destructive) flags["safety.allow_destructive"] = "true";
  if (options.as) flags["account.name"] = *options.as;
  if (options.timeout) flags["call.timeout"] = *options.timeout;
  if (options.output) flags["output.format"] = *options.output;
  if (options.quiet) flags["log.level"] = "error";
  if (options.verbose) flags["log.level"] = "debug";
  if (options.plain_http) {
    const std::string present = plain_hosts_of_settings(options);
    flags["http.plain_hosts"] = present + (present.empty() ? "" : ",") + *options.plain_http;
  }
  return flags;
}

std::map<std::string, std::string> copy_of_environment() {
  std::map<std::string, std::string> variables;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    const std::size_t equals = text.find('=');
    if (equals != std::string_view::npos) {
      variables.emplace(text.substr(0, equals), text.substr(equals + 1));
    }
  }
  return variables;
}

ConfigurationSources sources_of(const GlobalOptions& options, bool preliminary) {
  ConfigurationSources sources;
  sources.program = ConfigurationSources::Program::command_line;
  sources.process_environment = !preliminary;
  if (preliminary) sources.environment = copy_of_environment();
  sources.flags = flags_of(options);
  if (options.env_file) sources.env_file = *options.env_file;
  std::error_code ignored;
  if (std::filesystem::exists(".env", ignored)) sources.dotenv = "./.env";
  return sources;
}

}  // namespace

ConfigurationSources configuration_sources(const GlobalOptions& options) {
  return sources_of(options, false);
}

Result<Configuration> load_configuration(const GlobalOptions& options) {
  return Configuration::load(configuration_sources(options));
}

Result<Configuration> preliminary_configuration(const GlobalOptions& options) {
  ConfigurationSources sources = sources_of(options, true);
  Result<Configuration> configuration = Configuration::load(sources);
  wipe_environment_of(sources);
  return configuration;
}

Result<void> KernelSession::open(const GlobalOptions& options, bool preliminary) {
  return start(sources_of(options, preliminary), preliminary);
}

Result<void> KernelSession::open_unattended(const GlobalOptions& options) {
  ConfigurationSources sources = sources_of(options, true);
  // Stronger than one in an env file: programs are looked for in no folder at all.
  sources.environment["PATH"].clear();
  return start(std::move(sources), true);
}

Result<void> KernelSession::start(ConfigurationSources sources, bool preliminary) {
  const Result<Configuration> configuration = Configuration::load(sources);
  wipe_environment_of(sources);
  if (!configuration) return Failure(configuration.error());
  Hooks hooks;
  // What it has to say comes again from the kernel that makes the call.
  if (preliminary) hooks.log = [](LogLevel, std::string_view) {};
  kernel_.reset();
  Result<std::unique_ptr<Kernel>> kernel = Kernel::create(*configuration, std::move(hooks));
  if (!kernel) return Failure(kernel.error());
  kernel_ = std::move(*kernel);
  preliminary_ = preliminary;
  return {};
}

}  // namespace dockerhub::cli
