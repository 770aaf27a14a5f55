#include <gtest/gtest.h>

#include "../temporary_folder.hpp"
#include "config/configuration_impl.hpp"
#include "config/settings.hpp"
#include "sources.hpp"

namespace dockerhub {
namespace {

// A program that reads the row.
ConfigurationSources::Program reader_of(const Setting& row) {
  if (row.reader == SettingReader::server) return Program::server;
  return row.reader == SettingReader::rest ? Program::rest : Program::command_line;
}

class FoundEnvFile : public testing::Test {
 protected:
  Result<Configuration> load(std::string_view text, unsigned mode = 0600) {
    sources_.dotenv = folder_.write(".env", text, mode);
    return Configuration::load(sources_);
  }

  TemporaryFolder folder_;
  ConfigurationSources sources_ = no_sources();
};

TEST_F(FoundEnvFile, SetsCredentialsLogAndOutput) {
  const auto loaded =
      load("DOCKER_HUB_USER=ann\nDOCKER_HUB_TOKEN=dckr_pat_x\nDOCKERHUB_LOG_LEVEL=info\n");
  ASSERT_TRUE(loaded) << refusal(loaded);
  EXPECT_EQ(loaded->text("account.user"), "ann");
  EXPECT_EQ(loaded->impl().secrets.at("account.secret").reveal(), "dckr_pat_x");
  EXPECT_EQ(loaded->text("log.level"), "info");
  EXPECT_EQ(loaded->origin("log.level"), "env file " + (folder_.path() / ".env").string() + ":3");
}

TEST_F(FoundEnvFile, MayBeMissing) {
  sources_.dotenv = folder_.path() / ".env";
  EXPECT_TRUE(Configuration::load(sources_));
}

TEST_F(FoundEnvFile, StopsTheStartWithEverySettingThatItMayNotMake) {
  for (const Setting& row : settings()) {
    for (const std::string_view variable : row.variables) {
      if (variable.empty() || row.source == SettingSource::anywhere) continue;
      const std::string name(variable);
      sources_.program = reader_of(row);
      const std::string refused = refusal(load("\n" + name + "=false\n"));
      EXPECT_NE(refused.find(".env:2: " + name), std::string::npos) << refused;
      EXPECT_NE(refused.find("--env-file"), std::string::npos) << refused;
    }
  }
}

TEST_F(FoundEnvFile, DoesNotStopTheOtherServer) {
  sources_.program = ConfigurationSources::Program::server;
  EXPECT_EQ(refusal(load("DOCKERHUB_REST_PORT=1\n")), "loaded");
  EXPECT_NE(refusal(load("MCP_TOKEN_SECRET=canary\n")), "loaded");
  sources_.program = ConfigurationSources::Program::rest;
  EXPECT_EQ(refusal(load("MCP_TOKEN_SECRET=canary\n")), "loaded");
  EXPECT_NE(refusal(load("DOCKERHUB_REST_PORT=1\n")), "loaded");
}

TEST_F(FoundEnvFile, MayNotNameAFileThatMayDoMore) {
  EXPECT_NE(refusal(load("DOCKERHUB_ENV_FILE=other.env\n")).find("DOCKERHUB_ENV_FILE"),
            std::string::npos);
}

TEST_F(FoundEnvFile, SetsTogglesButNoOtherUnknownVariable) {
  const auto loaded = load("DEMOTOOL=off\nDEMO_HOST=evil.example\nDEMO_COUNT=1\n");
  ASSERT_TRUE(loaded) << refusal(loaded);
  EXPECT_EQ(loaded->impl().toggle({"DEMOTOOL"}), false);
  for (const char* const variable : {"DEMO_HOST", "DEMO_COUNT"}) {
    ModuleSetting setting;
    setting.key = "host";
    setting.type = "string";
    setting.variable = variable;
    EXPECT_EQ(loaded->impl().module_setting("hub_demo", setting).value(), std::nullopt) << variable;
    EXPECT_FALSE(loaded->impl().module_secret("hub_demo", setting)) << variable;
  }
}

TEST_F(FoundEnvFile, IsIgnoredWithAWarningWhenOthersMayWriteIt) {
  const auto loaded = load("DOCKER_HUB_USER=mallory\nDOCKERHUB_CONFIRM=never\n", 0666);
  ASSERT_TRUE(loaded) << refusal(loaded);
  EXPECT_FALSE(loaded->has("account.user"));
  ASSERT_EQ(loaded->warnings().size(), 1U);
  EXPECT_NE(loaded->warnings()[0].find(".env is ignored"), std::string::npos);
}

TEST_F(FoundEnvFile, IsNotReadWhenAnotherOneIsNamed) {
  sources_.env_file = folder_.write("named.env", "DOCKERHUB_LOG_FORMAT=json\n");
  const auto loaded = load("DOCKER_HUB_USER=ann\n");
  ASSERT_TRUE(loaded);
  EXPECT_FALSE(loaded->has("account.user"));
  EXPECT_EQ(loaded->text("log.format"), "json");
}

TEST_F(FoundEnvFile, WithABrokenLineStopsTheStart) {
  EXPECT_NE(refusal(load("A=1\n???\n")).find(".env:2:"), std::string::npos);
}

TEST(NamedEnvFile, MaySetEverything) {
  const TemporaryFolder folder;
  ConfigurationSources sources = no_sources();
  sources.env_file = folder.write("x.env", "DOCKERHUB_ALLOW_DESTRUCTIVE=yes\nDEMO_HOST=h\n");
  const auto loaded = Configuration::load(sources);
  ASSERT_TRUE(loaded) << refusal(loaded);
  EXPECT_TRUE(loaded->flag("safety.allow_destructive"));
  EXPECT_EQ(loaded->impl().variables.at("DEMO_HOST").value, "h");
}

TEST(NamedEnvFile, MayBeNamedByTheEnvironment) {
  const TemporaryFolder folder;
  const auto file = folder.write("x.env", "DOCKERHUB_CONFIRM=never\n");
  const auto loaded = load_environment({{"DOCKERHUB_ENV_FILE", file.string()}});
  ASSERT_TRUE(loaded) << refusal(loaded);
  EXPECT_EQ(loaded->text("safety.confirm"), "never");
}

TEST(NamedEnvFile, OfTheOptionWinsOverTheEnvironments) {
  const TemporaryFolder folder;
  ConfigurationSources sources = no_sources();
  sources.environment = {{"DOCKERHUB_ENV_FILE", "/nowhere"}};
  sources.env_file = folder.write("x.env", "DOCKERHUB_OUTPUT=json\n");
  const auto loaded = Configuration::load(sources);
  ASSERT_TRUE(loaded) << refusal(loaded);
  EXPECT_EQ(loaded->text("output.format"), "json");
}

TEST(NamedEnvFile, HasToBeThere) {
  EXPECT_NE(
      refusal(load_environment({{"DOCKERHUB_ENV_FILE", "/nowhere/x.env"}})).find("/nowhere/x.env"),
      std::string::npos);
}

}  // namespace
}  // namespace dockerhub
