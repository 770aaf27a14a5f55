// The process's environment, and the places that it names. wipe_environment() is declared in
// configuration_impl.hpp. Reading is safe from any thread as long as nobody changes the
// environment.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "config/configuration_impl.hpp"

namespace dockerhub {

std::map<std::string, std::string> process_environment();

// $XDG_CONFIG_HOME/dockerhub, else $HOME/.config/dockerhub; empty when neither is an absolute path.
std::filesystem::path user_configuration_folder(
    const std::map<std::string, std::string>& environment);

// The absolute folder that a variable of the configuration's sources names, which is no row of the settings
// table (XDG_RUNTIME_DIR, HOME); empty: none, or only in a .env that nobody named.
std::filesystem::path named_folder(const Configuration::Impl& settings, std::string_view variable);

}  // namespace dockerhub
