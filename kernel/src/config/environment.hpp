// The process's environment, and the places that it names. wipe_environment() is declared in
// configuration_impl.hpp. Reading is safe from any thread as long as nobody changes the
// environment.
#pragma once

#include <filesystem>
#include <map>
#include <string>

namespace dockerhub {

std::map<std::string, std::string> process_environment();

// $XDG_CONFIG_HOME/dockerhub, else $HOME/.config/dockerhub; empty when neither is an absolute path.
std::filesystem::path user_configuration_folder(
    const std::map<std::string, std::string>& environment);

}  // namespace dockerhub
