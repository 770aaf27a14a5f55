#include "config/restrictions.hpp"

#include <gtest/gtest.h>

#include <ostream>

#include "../temporary_folder.hpp"
#include "config/replaced_variables.hpp"
#include "sources.hpp"

namespace dockerhub {

// How the test framework names a row.
static void PrintTo(const Restriction& row, std::ostream* out) {
  *out << row.variable;
}

namespace {

using Program = ConfigurationSources::Program;

std::string start(Program program, const std::string& name, const std::string& value) {
  ConfigurationSources sources = no_sources();
  sources.program = program;
  sources.environment = {{name, value}};
  return refusal(Configuration::load(sources));
}

class Restrictions : public testing::TestWithParam<Restriction> {
 protected:
  static std::string variable() {
    const std::string name(GetParam().variable);
    return name.back() == '*' ? name.substr(0, name.size() - 1) + "GITHUB_CLIENT_ID" : name;
  }
};

TEST_P(Restrictions, StopTheServerAndSayWhatToDo) {
  const std::string refused = start(Program::server, variable(), "something");
  EXPECT_NE(refused.find("environment " + variable()), std::string::npos) << refused;
  EXPECT_NE(refused.find("Unset " + variable()), std::string::npos) << refused;
}

TEST_P(Restrictions, StopOtherProgramsOnlyWhereTheyWouldProtectThem) {
  for (const Program program : {Program::command_line, Program::rest}) {
    const bool stopped = start(program, variable(), "something") != "loaded";
    EXPECT_EQ(stopped, !GetParam().server_only);
  }
}

TEST_P(Restrictions, DoNotStopAnybodyWhenEmptyOrHarmless) {
  EXPECT_EQ(start(Program::server, variable(), ""), "loaded");
  if (!GetParam().harmless.empty()) {
    EXPECT_EQ(start(Program::server, variable(), std::string(GetParam().harmless)), "loaded");
  }
}

INSTANTIATE_TEST_SUITE_P(All, Restrictions,
                         testing::ValuesIn(restrictions().begin(), restrictions().end()));

TEST(RestrictionValues, AreHarmlessInAnyCase) {
  EXPECT_EQ(start(Program::server, "EUNOMIA_TYPE", "None"), "loaded");
  EXPECT_EQ(start(Program::server, "ENABLE_DELEGATION", "off"), "loaded");
  EXPECT_NE(start(Program::server, "ENABLE_DELEGATION", "on"), "loaded");
}

TEST(RestrictionValues, OfATlsProfileAreHarmlessWhereTheyMeanTheSystem) {
  for (const Program program : {Program::server, Program::command_line, Program::rest}) {
    EXPECT_EQ(start(program, "DOCKERHUB_TLS_PROFILE", "system"), "loaded");
    EXPECT_EQ(start(program, "DOCKERHUB_TLS_PROFILE", "System"), "loaded");
    for (const char* const name : {"DOCKERHUB_TLS_PROFILE", "DOCKERHUB_TLS_PROFILE_REF"}) {
      const std::string refused = start(program, name, "canary-value");
      EXPECT_NE(refused.find(std::string("environment ") + name + ": "), std::string::npos)
          << refused;
      EXPECT_NE(refused.find("SSL_CERT_FILE"), std::string::npos) << refused;
      EXPECT_NE(refused.find("SSL_CERT_DIR"), std::string::npos) << refused;
      EXPECT_EQ(refused.find("canary-value"), std::string::npos) << refused;
    }
  }
}

TEST(RestrictionValues, CountAlsoInAFoundFile) {
  const TemporaryFolder folder;
  ConfigurationSources sources = no_sources();
  sources.program = Program::server;
  sources.dotenv = folder.write(".env", "A=1\nEUNOMIA_TYPE=embedded\n");
  const std::string refused = refusal(Configuration::load(sources));
  EXPECT_NE(refused.find(".env:2: EUNOMIA_TYPE"), std::string::npos) << refused;
}

TEST(ReplacedVariables, ThatNobodyElseHasStopTheServerAndSayWhatToDo) {
  int own = 0;
  for (const ReplacedVariable& row : replaced_variables()) {
    if (!row.own) continue;
    ++own;
    const std::string name(row.variable);
    const std::string refused = start(Program::server, name, "canary-value");
    EXPECT_EQ(refused.find("environment " + name + ": " + name + " is not read any more"), 0U)
        << refused;
    EXPECT_NE(refused.find(row.instead), std::string::npos) << refused;
    EXPECT_EQ(refused.find("canary-value"), std::string::npos) << refused;
    EXPECT_EQ(start(Program::server, name, ""), "loaded") << name;
    EXPECT_EQ(start(Program::command_line, name, "canary-value"), "loaded") << name;
  }
  EXPECT_EQ(own, 3);
}

TEST(ReplacedVariables, InAFileThatIsNamedStopTheServer) {
  for (const ReplacedVariable& row : replaced_variables()) {
    const TemporaryFolder folder;
    const std::string name(row.variable);
    ConfigurationSources sources = no_sources();
    sources.program = Program::server;
    sources.env_file = folder.write("settings.env", name + "=canary-value\n");
    const std::string refused = refusal(Configuration::load(sources));
    EXPECT_NE(refused.find("settings.env:1: " + name), std::string::npos) << refused;
    EXPECT_NE(refused.find(row.instead), std::string::npos) << refused;
    EXPECT_EQ(refused.find("canary-value"), std::string::npos) << refused;
  }
}

TEST(ReplacedVariables, ThatOthersMayHaveAreToldToTheServerWithWhatToDo) {
  for (const ReplacedVariable& row : replaced_variables()) {
    if (row.own) continue;
    ConfigurationSources sources = no_sources();
    sources.environment = {{std::string(row.variable), "canary-value"}};
    sources.program = Program::server;
    const auto loaded = Configuration::load(sources);
    ASSERT_TRUE(loaded) << row.variable;
    ASSERT_EQ(loaded->warnings().size(), 1U) << row.variable;
    const std::string& warning = loaded->warnings().front();
    EXPECT_EQ(warning.find("environment " + std::string(row.variable)), 0U) << warning;
    EXPECT_NE(warning.find(row.instead), std::string::npos) << warning;
    EXPECT_EQ(warning.find("canary-value"), std::string::npos) << warning;
    sources.program = Program::command_line;
    EXPECT_TRUE(Configuration::load(sources)->warnings().empty()) << row.variable;
    sources.program = Program::server;
    sources.environment = {{std::string(row.variable), ""}};
    EXPECT_TRUE(Configuration::load(sources)->warnings().empty()) << row.variable;
  }
}

TEST(ReplacedVariables, AreToldOfAFoundFile) {
  const TemporaryFolder folder;
  ConfigurationSources sources = no_sources();
  sources.program = Program::server;
  sources.dotenv = folder.write(".env", "OIDC_CONFIG_URL=https://login.example\n");
  const auto loaded = Configuration::load(sources);
  ASSERT_TRUE(loaded);
  ASSERT_EQ(loaded->warnings().size(), 1U);
  EXPECT_NE(loaded->warnings().front().find(".env:1"), std::string::npos);
}

TEST(RestrictionValues, OfTheStrongestSourceDecide) {
  const TemporaryFolder folder;
  ConfigurationSources sources = no_sources();
  sources.program = Program::server;
  sources.dotenv = folder.write(".env", "EUNOMIA_TYPE=embedded\n");
  sources.environment = {{"EUNOMIA_TYPE", "none"}};
  EXPECT_TRUE(Configuration::load(sources));
}

}  // namespace
}  // namespace dockerhub
