// Configurations for the tests of credentials: sources as a user writes them.
#pragma once

#include <map>
#include <stdexcept>
#include <string>

#include "../temporary_folder.hpp"
#include "dockerhub/kernel.hpp"

namespace dockerhub {

class Settings {
 public:
  // A configuration of these variables and of this user file ("" for none). The environment has no HOME, so that
  // no file of this machine is read, unless a test says one.
  Configuration load(const std::map<std::string, std::string>& environment,
                     const std::string& user_file = {}, const std::string& env_file = {}) const {
    ConfigurationSources sources;
    sources.environment = environment;
    sources.read_user_file = !user_file.empty();
    if (!user_file.empty()) sources.user_file = folder_.write("config.yaml", user_file);
    if (!env_file.empty()) sources.env_file = folder_.write("named.env", env_file);
    auto loaded = Configuration::load(sources);
    if (!loaded) throw std::runtime_error(loaded.error().message);
    return *loaded;
  }
  const TemporaryFolder& folder() const { return folder_; }

 private:
  TemporaryFolder folder_;
};

}  // namespace dockerhub
