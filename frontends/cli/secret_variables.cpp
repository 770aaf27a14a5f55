#include "secret_variables.hpp"

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

}  // namespace dockerhub::cli
