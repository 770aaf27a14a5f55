#include "config/environment.hpp"

#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <string_view>

#include "base/private_file.hpp"

namespace dockerhub {
namespace {

// The value inside an entry of the block, or nullptr when the entry is another variable's.
char* value_in(char* entry, const std::string& name) {
  const bool ours =
      std::strncmp(entry, name.c_str(), name.size()) == 0 && entry[name.size()] == '=';
  return ours ? entry + name.size() + 1 : nullptr;
}

}  // namespace

std::map<std::string, std::string> process_environment() {
  std::map<std::string, std::string> environment;
  for (char** entry = ::environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view text(*entry);
    const std::size_t equals = text.find('=');
    // Of a name that is there twice the first one counts, as for getenv.
    if (equals != std::string_view::npos)
      environment.emplace(text.substr(0, equals), text.substr(equals + 1));
  }
  return environment;
}

std::filesystem::path user_configuration_folder(
    const std::map<std::string, std::string>& environment) {
  const auto value = [&environment](const char* name) {
    const auto found = environment.find(name);
    return found == environment.end() ? std::string_view() : std::string_view(found->second);
  };
  return xdg_folder(value("XDG_CONFIG_HOME"), value("HOME"), ".config");
}

std::filesystem::path named_folder(const Configuration::Impl& settings, std::string_view variable) {
  const auto found = settings.variables.find(variable);
  if (found == settings.variables.end() || found->second.found) return {};
  const std::filesystem::path folder(found->second.value);
  return folder.is_absolute() ? folder : std::filesystem::path();
}

void wipe_environment(const std::vector<std::string>& names) {
  for (const std::string& name : names) {
    // A name may be in the block more than once; unsetenv() alone would leave the bytes readable in
    // /proc/PID/environ.
    for (char** entry = ::environ; entry != nullptr && *entry != nullptr; ++entry) {
      char* const value = value_in(*entry, name);
      if (value != nullptr) wipe(value, std::strlen(value));
    }
    ::unsetenv(name.c_str());
  }
}

}  // namespace dockerhub
