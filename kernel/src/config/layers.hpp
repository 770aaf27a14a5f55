// What the sources of a configuration said, before it is merged: files and variables are read here,
// their texts are judged elsewhere. Free functions; any thread.
#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "config/configuration_impl.hpp"
#include "config/user_file.hpp"
#include "dockerhub/kernel.hpp"

namespace dockerhub {

// Variables by name, with where each was written; empty ones are left out, since they count as
// unset.
using Variables = std::map<std::string, Sourced, std::less<>>;

struct Layers {
  std::filesystem::path user_folder;     // of configuration and trust records; may be empty
  std::filesystem::path user_file_path;  // may be empty
  std::filesystem::path system_file_path;
  UserFile system_file, user_file;
  std::vector<ConfigurationFile> files;  // weakest first
  Variables
      env_file;  // named with --env-file or DOCKERHUB_ENV_FILE, or found in the working directory
  Variables environment;
  std::set<std::string, std::less<>> named;  // variables that hold what secret settings name
  std::vector<std::string> warnings;

  Layers() = default;
  Layers(Layers&&) = default;
  Layers& operator=(Layers&&) = default;
  // Overwrites the values of secret settings and of named variables: what is needed of them is in Secrets by then.
  ~Layers();
};

// What other programs read decides nothing in this one; such variables often have names of all the world.
bool concerns(const Setting& row, ConfigurationSources::Program program);

// The user file alone, as read_layers() finds it: its folder and path.
void locate_user_file(const ConfigurationSources& sources, Layers& layers);

Result<Layers> read_layers(const ConfigurationSources& sources);

}  // namespace dockerhub
