// What a Configuration holds, for the kernel's own use: merged settings with origins, the secrets
// taken out of the sources, and the raw entries of modules, whose settings are known only when
// their manifests have been read. Immutable after load(); any thread.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "credentials/secret.hpp"
#include "dockerhub/kernel.hpp"
#include "http/url.hpp"

namespace dockerhub {

// The sources of a value, weakest first. What one source says of an account and of the hosts that it
// is for belongs together.
enum class Layer { built_in, system_file, user_file, env_file, environment, option };

// A value and where it came from.
struct Sourced {
  std::string value;
  std::string origin;  // as Configuration::origin says it
  Layer layer = Layer::built_in;
  bool found = false;  // from a .env that nobody named: good for toggles only
};

// A setting that a module's manifest declares.
struct ModuleSetting {
  std::string key, type, variable, default_json, description;
  bool secret = false;
};

struct DOCKERHUB_HIDDEN Configuration::Impl {
  ConfigurationSources::Program program = ConfigurationSources::Program::embedded;
  std::map<std::string, Sourced, std::less<>> values;  // key of the settings table -> text
  std::map<std::string, Secret, std::less<>> secrets;  // key of the settings table -> value
  std::map<std::string, http::Url, std::less<>>
      urls;  // what stands in `values` of types url and proxy
  // Variables of environment and .env files that no row of the table names, by name (toggles and
  // settings of modules are looked up here).
  std::map<std::string, Sourced, std::less<>> variables;
  // `modules.<name>.<key>` of system and user file as JSON.
  std::map<std::string, std::map<std::string, Sourced, std::less<>>, std::less<>> modules;
  std::vector<std::string> warnings;
  bool process_environment = false;
  std::shared_ptr<SecretBook> book;
  std::filesystem::path user_file;       // read or to be written
  std::vector<ConfigurationFile> files;  // that were looked for, weakest first
  std::filesystem::path user_directory;  // its folder; the kernel's trust records live in it

  // Which source set a key of the settings table; built_in: none.
  Layer layer_of(std::string_view key) const;

  // The value of a manifest's setting as JSON, checked against its type; nullopt when nobody set
  // it. The error names the source. Order: variable of the environment, user file.
  Result<std::optional<std::string>> module_setting(std::string_view module,
                                                    const ModuleSetting& setting) const;
  // The value of a secret setting of a module, nullopt when nobody set it.
  std::optional<Secret> module_secret(std::string_view module, const ModuleSetting& setting) const;
  // A toggle: the first of these variables that is set; true when none is. Error on a bad value.
  Result<bool> toggle(const std::vector<std::string>& names) const;
  // Warnings for sections of modules that are not there.
  std::vector<std::string> absent_sections(const std::vector<std::string>& present) const;
};

// "1 t true y yes on" and "0 f false n no off" in any case, trimmed; nullopt for anything else.
std::optional<bool> parse_boolean(std::string_view text);

// Overwrites the values of these variables in the process's environment block and unsets them. Call
// before other threads or foreign code run.
void wipe_environment(const std::vector<std::string>& names);

}  // namespace dockerhub
