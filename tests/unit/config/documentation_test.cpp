#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <vector>

#include "config/replaced_variables.hpp"
#include "config/restrictions.hpp"
#include "config/settings.hpp"

namespace dockerhub {
namespace {

// Rows of the table below a heading of docs/configuration.md.
std::vector<std::string> documented_rows(const std::string& heading) {
  std::ifstream file(DOCKERHUB_SOURCE_DIR "/docs/configuration.md");
  std::vector<std::string> rows;
  bool inside = false;
  for (std::string line; std::getline(file, line);) {
    if (line.substr(0, 3) == "## ") inside = line == "## " + heading;
    if (inside && line.substr(0, 3) == "| `") rows.push_back(line);
  }
  return rows;
}

std::string code(std::string_view text) {
  return text.empty() ? std::string() : "`" + std::string(text) + "`";
}

std::string type_of(const Setting& row) {
  if (row.type != SettingType::choice) return std::string(setting_type_name(row.type));
  std::string out;
  for (const std::string& choice : choices_of(row)) out += (out.empty() ? "" : ", ") + code(choice);
  return out;
}

std::string variables_of(const Setting& row) {
  return code(row.variables[0]) + (row.variables[1].empty() ? "" : ", " + code(row.variables[1]));
}

std::string documented(const Setting& row) {
  const std::string reader = row.reader == SettingReader::all      ? "every program"
                             : row.reader == SettingReader::server ? "`dockerhub-mcp`"
                             : row.reader == SettingReader::rest   ? "`dockerhub-rest`"
                                                                   : "`dockerhub`";
  const std::string found = row.source == SettingSource::anywhere ? "yes" : "no";
  return "| " + code(row.key) + " | " + type_of(row) + " | " + code(row.fallback) + " | " +
         variables_of(row) + " | " + code(row.option) + " | " + found + " | " + reader + " | " +
         std::string(row.description) + " |";
}

std::string documented(const Restriction& row) {
  return "| " + code(row.variable) + " | " +
         (row.server_only ? "`dockerhub-mcp`" : "every program") + " | " + code(row.harmless) +
         " | " + std::string(row.restricts) + " |";
}

TEST(Documentation, HasExactlyTheSettingsOfTheTable) {
  std::vector<std::string> rows;
  for (const Setting& row : settings()) rows.push_back(documented(row));
  EXPECT_THAT(documented_rows("Settings"), testing::ElementsAreArray(rows));
}

TEST(Documentation, HasExactlyTheVariablesThatStopTheStart) {
  std::vector<std::string> rows;
  for (const Restriction& row : restrictions()) rows.push_back(documented(row));
  EXPECT_THAT(documented_rows("Variables that stop the start"), testing::ElementsAreArray(rows));
}

TEST(Documentation, HasExactlyTheVariablesThatAreNotReadAnyMore) {
  std::vector<std::string> rows;
  for (const ReplacedVariable& row : replaced_variables())
    rows.push_back("| " + code(row.variable) + " | " +
                   (row.own ? "anywhere" : "in an env file that is named") + " | " +
                   std::string(row.instead) + " |");
  EXPECT_THAT(documented_rows("Variables that are not read any more"),
              testing::ElementsAreArray(rows));
}

}  // namespace
}  // namespace dockerhub
