// Variables of the environment that hold a secret, by their names: those of the settings, and those of secret
// parameters. Other programs that are started get none of them. Free functions; any thread.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "dockerhub/kernel.hpp"

namespace dockerhub::cli {

using VariableNames = std::set<std::string, std::less<>>;

// Of the settings. The first is for where there is no configuration yet: their names do not depend on it.
VariableNames secret_variables();
VariableNames secret_variables(const Configuration& configuration);

// One of these, or of a secret parameter.
bool is_secret_variable(const VariableNames& of_settings, std::string_view name);

// The environment ("NAME=value" each) but for these, those that one of them names (env:NAME), and proxies with a
// user or password. The first is for where there is no configuration yet.
std::vector<std::string> variables_without_secrets();
std::vector<std::string> variables_without_secrets(const VariableNames& of_settings);

}  // namespace dockerhub::cli
