#include "secret_variables.hpp"

#include <unistd.h>

#include <algorithm>

namespace dockerhub::cli {

namespace {

constexpr std::string_view kOfSecretParameters = "DOCKERHUB_PARAM_";
constexpr std::string_view kNamesVariable = "env:";

std::string_view variable_of(std::string_view entry) {
  return entry.substr(0, entry.find('='));
}

// The variables that a secret one names in place of a secret.
VariableNames named_for_secrets(const VariableNames& of_settings) {
  VariableNames names;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    const std::string_view name = variable_of(text);
    if (!is_secret_variable(of_settings, name)) continue;
    const std::string_view value = text.substr(std::min(name.size() + 1, text.size()));
    if (value.starts_with(kNamesVariable)) names.emplace(value.substr(kNamesVariable.size()));
  }
  return names;
}

// HTTPS_PROXY=http://user:password@host and its kind.
bool is_proxy_with_login(std::string_view entry) {
  const std::string_view name = variable_of(entry);
  return (name.ends_with("_PROXY") || name.ends_with("_proxy")) &&
         entry.find('@') != std::string_view::npos;
}

}  // namespace

VariableNames secret_variables() {
  ConfigurationSources none;
  none.read_user_file = false;
  none.system_file.clear();
  const Result<Configuration> configuration = Configuration::load(none);
  return configuration ? secret_variables(*configuration) : VariableNames();
}

VariableNames secret_variables(const Configuration& configuration) {
  VariableNames names;
  for (const SettingValue& setting : configuration.settings()) {
    if (setting.secret) names.insert(setting.variables.begin(), setting.variables.end());
  }
  return names;
}

bool is_secret_variable(const VariableNames& of_settings, std::string_view name) {
  return of_settings.count(name) > 0 ||
         name.substr(0, kOfSecretParameters.size()) == kOfSecretParameters;
}

std::vector<std::string> variables_without_secrets() {
  return variables_without_secrets(secret_variables());
}

std::vector<std::string> variables_without_secrets(const VariableNames& of_settings) {
  const VariableNames named = named_for_secrets(of_settings);
  std::vector<std::string> variables;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    const std::string_view name = variable_of(text);
    if (!is_secret_variable(of_settings, name) && named.count(name) == 0 &&
        !is_proxy_with_login(text))
      variables.emplace_back(text);
  }
  return variables;
}

}  // namespace dockerhub::cli
