#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>

#include "config/settings.hpp"

namespace dockerhub {
namespace {

std::string kind_of(const Setting& row) {
  std::string kind;
  for (const std::string& choice : choices_of(row)) kind += (kind.empty() ? "" : ", ") + choice;
  return kind.empty() ? std::string(setting_type_name(row.type)) : kind;
}

std::string explanation(const Setting& row) {
  return "# " + std::string(row.description) + " (" + std::string(row.key) + ": " + kind_of(row) +
         ")\n";
}

// The first variable as a line that would change nothing; the others are named.
std::string lines_of(const Setting& row) {
  std::string text = explanation(row);
  if (!row.variables[1].empty()) text += "# Also read as " + std::string(row.variables[1]) + ".\n";
  return text + "#" + std::string(row.variables[0]) + "=" + std::string(row.fallback) + "\n\n";
}

std::string section(SettingSource source) {
  std::string text;
  for (const Setting& row : settings()) {
    if (row.source == source && !row.variables[0].empty()) text += lines_of(row);
  }
  return text;
}

std::string expected() {
  return "# Every variable that the programs read, with its default. Copy the lines that you need "
         "into a\n"
         "# file .env in the working directory, or into one that you name with --env-file or\n"
         "# DOCKERHUB_ENV_FILE. docs/configuration.md has the rules.\n\n"
         "# --- may stand in a .env that is found by itself ---\n\n" +
         section(SettingSource::anywhere) +
         "# --- only in a file that you name, or in the environment ---\n\n" +
         section(SettingSource::named) +
         "# --- only in the environment, since they name files ---\n\n"
         "# The env file to read.\n"
         "#DOCKERHUB_ENV_FILE=\n\n"
         "# The machine's configuration, instead of /etc/dockerhub/config.yaml.\n"
         "#DOCKERHUB_SYSTEM_CONFIG=\n";
}

TEST(EnvExample, HasEveryVariableOfTheSettingsTable) {
  std::ostringstream text;
  text << std::ifstream(DOCKERHUB_SOURCE_DIR "/.env.example").rdbuf();
  EXPECT_EQ(text.str(), expected()) << "The whole file should be:\n" << expected();
}

}  // namespace
}  // namespace dockerhub
