// Short ways to load a configuration in tests.
#pragma once

#include <map>
#include <string>

#include "dockerhub/kernel.hpp"

namespace dockerhub {

// Sources that read nothing but what a test adds.
inline ConfigurationSources no_sources() {
  ConfigurationSources sources;
  sources.read_user_file = false;
  sources.system_file.clear();
  return sources;
}

inline Result<Configuration> load_environment(
    const std::map<std::string, std::string>& environment) {
  ConfigurationSources sources = no_sources();
  sources.environment = environment;
  return Configuration::load(sources);
}

// "message hint" of a load that failed, or "loaded".
inline std::string refusal(const Result<Configuration>& loaded) {
  return loaded ? "loaded" : loaded.error().message + " " + loaded.error().hint;
}

}  // namespace dockerhub
