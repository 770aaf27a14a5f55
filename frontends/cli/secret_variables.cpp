#include "secret_variables.hpp"

#include <unistd.h>

namespace dockerhub::cli {

namespace {

constexpr std::string_view kOfSecretParameters = "DOCKERHUB_PARAM_";

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
  std::vector<std::string> variables;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    if (!is_secret_variable(of_settings, text.substr(0, text.find('='))))
      variables.emplace_back(text);
  }
  return variables;
}

}  // namespace dockerhub::cli
