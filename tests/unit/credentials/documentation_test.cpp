#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <vector>

#include "config/settings.hpp"
#include "credentials/credential_sources.hpp"

namespace dockerhub {
namespace {

std::string code(std::string_view text) {
  return '`' + std::string(text) + '`';
}

// The variables of a secret or a file's place, and the key of the user file.
std::string given_by(const CredentialSource& source) {
  const Setting* const row = find_setting(source.setting);
  std::string text;
  if (source.kind == CredentialSource::Kind::account) {
    const Setting* const user = find_setting("account.user");
    text = code(user->variables[0]) + " with ";
  }
  return text + code(row->variables[0]) + " (" + code(row->key) + ")";
}

std::string places(const CredentialSource& source) {
  std::string text;
  for (const CredentialSource::Place& place : source.places) {
    if (place.variable.empty()) continue;
    text += text.empty() ? ", else " : ", ";
    text += code('$' + std::string(place.variable) + '/' + std::string(place.below));
  }
  return text;
}

std::string surfaces(const CredentialSource& source) {
  std::string text;
  for (const Surface surface : source.surfaces) {
    if (surface != Surface::none)
      text += (text.empty() ? "" : ", ") + std::string(surface_name(surface));
  }
  return text;
}

std::string documented(std::size_t number, const CredentialSource& source) {
  return "| " + std::to_string(number) + " | " + std::string(source.name) + " | " +
         given_by(source) + places(source) + " | " + surfaces(source) + " | " +
         std::string(source.hosts) + " |";
}

TEST(Documentation, HasExactlyTheSourcesOfTheTable) {
  std::vector<std::string> rows;
  for (const CredentialSource& source : credential_sources())
    rows.push_back(documented(rows.size() + 1, source));
  std::ifstream file(DOCKERHUB_SOURCE_DIR "/docs/credentials.md");
  std::vector<std::string> written;
  for (std::string line; std::getline(file, line);) {
    if (line.size() > 2 && line[0] == '|' && line[2] >= '1' && line[2] <= '9')
      written.push_back(line);
  }
  EXPECT_THAT(written, testing::ElementsAreArray(rows));
}

}  // namespace
}  // namespace dockerhub
