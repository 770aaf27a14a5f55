#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "../temporary_folder.hpp"
#include "config/configuration_impl.hpp"
#include "config/settings.hpp"
#include "config/user_file.hpp"
#include "config/values.hpp"
#include "redaction/redactor.hpp"
#include "sources.hpp"

namespace dockerhub {
namespace {

using Program = ConfigurationSources::Program;
using testing::HasSubstr;

TEST(Configuration, HasDefaultsWhenNobodySetAnything) {
  const auto loaded = load_environment({});
  ASSERT_TRUE(loaded);
  EXPECT_FALSE(loaded->flag("safety.allow_destructive"));
  EXPECT_EQ(loaded->text("safety.confirm"), "ask");
  EXPECT_EQ(loaded->number("call.timeout"), 0);
  EXPECT_TRUE(loaded->list("plugins.path").empty());
  EXPECT_FALSE(loaded->has("safety.confirm"));
  EXPECT_EQ(loaded->origin("safety.confirm"), "default");
}

TEST(Configuration, PutsTheStrongestSourceFirst) {
  const TemporaryFolder folder;
  ConfigurationSources sources;
  sources.user_file =
      folder.write("config.yaml",
                   "log:\n  level: debug\n  format: json\nsafety:\n  confirm: never\n"
                   "call:\n  timeout: 1s\n");
  sources.env_file = folder.write(
      "x.env", "DOCKERHUB_LOG_LEVEL=info\nDOCKERHUB_CONFIRM=ask\nDOCKERHUB_TIMEOUT=2s\n");
  sources.environment = {{"DOCKERHUB_LOG_LEVEL", "error"}, {"DOCKERHUB_TIMEOUT", "3s"}};
  sources.flags = {{"call.timeout", "4s"}};
  const auto loaded = Configuration::load(sources);
  ASSERT_TRUE(loaded) << refusal(loaded);
  EXPECT_EQ(loaded->text("log.format"), "json");
  EXPECT_EQ(loaded->origin("log.format"),
            "user file " + (folder.path() / "config.yaml").string() + ":3");
  EXPECT_EQ(loaded->text("safety.confirm"), "ask");
  EXPECT_EQ(loaded->origin("safety.confirm"),
            "env file " + (folder.path() / "x.env").string() + ":2");
  EXPECT_EQ(loaded->text("log.level"), "error");
  EXPECT_EQ(loaded->origin("log.level"), "environment DOCKERHUB_LOG_LEVEL");
  EXPECT_EQ(loaded->number("call.timeout"), 4000);
  EXPECT_EQ(loaded->origin("call.timeout"), "option --timeout");
}

TEST(Configuration, CountsAnEmptyVariableAsUnset) {
  const auto loaded = load_environment({{"DOCKERHUB_ALLOW_DESTRUCTIVE", ""},
                                        {"DOCKER_HUB_USER", ""},
                                        {"DOCKERHUB_USERNAME", "ann"}});
  ASSERT_TRUE(loaded) << refusal(loaded);
  EXPECT_FALSE(loaded->has("safety.allow_destructive"));
  EXPECT_EQ(loaded->text("account.user"), "ann");
}

TEST(Configuration, TakesTheFirstNameThatIsSet) {
  const auto loaded =
      load_environment({{"DOCKER_HUB_USER", "first"}, {"DOCKERHUB_USERNAME", "second"}});
  EXPECT_EQ(loaded->text("account.user"), "first");
}

TEST(Configuration, RefusesToGuessAtASafetyBoolean) {
  const std::string refused = refusal(load_environment({{"DOCKERHUB_ALLOW_DESTRUCTIVE", "maybe"}}));
  EXPECT_THAT(refused, HasSubstr("DOCKERHUB_ALLOW_DESTRUCTIVE"));
  EXPECT_THAT(refused, HasSubstr("\"maybe\""));
}

TEST(Configuration, ReadsLevelsInAnyCase) {
  EXPECT_EQ(load_environment({{"FASTMCP_LOG_LEVEL", "ERROR"}})->text("log.level"), "error");
}

TEST(Configuration, RefusesTheTimeoutBeyondADay) {
  EXPECT_EQ(load_environment({{"DOCKERHUB_TIMEOUT", "24h"}})->number("call.timeout"), 86'400'000);
  EXPECT_THAT(refusal(load_environment({{"DOCKERHUB_TIMEOUT", "25h"}})),
              HasSubstr("DOCKERHUB_TIMEOUT"));
}

TEST(Configuration, GivesDefaultsInTheFormOfValues) {
  const auto loaded = load_environment({});
  EXPECT_EQ(loaded->number("http.connect_timeout"), 10'000);
  EXPECT_EQ(loaded->number("http.max_answer"), 32 * 1024 * 1024);
  EXPECT_TRUE(loaded->flag("tls.verify"));
}

TEST(Configuration, ListsFoldersInTheirOrder) {
  EXPECT_THAT(load_environment({{"DOCKERHUB_PLUGIN_PATH", "/b:/a"}})->list("plugins.path"),
              testing::ElementsAre("/b", "/a"));
}

TEST(Configuration, NeverShowsASecret) {
  const auto loaded = load_environment({{"DOCKER_HUB_TOKEN", "the-secret-value"}});
  EXPECT_EQ(loaded->text("account.secret"), "");
  EXPECT_TRUE(loaded->has("account.secret"));
  EXPECT_EQ(loaded->origin("account.secret"), "environment DOCKER_HUB_TOKEN");
  EXPECT_EQ(loaded->impl().secrets.at("account.secret").reveal(), "the-secret-value");
  EXPECT_EQ(loaded->impl().variables.count("DOCKER_HUB_TOKEN"), 0U);
}

TEST(Configuration, MakesEverySecretKnownAlsoTheUnused) {
  const auto loaded = load_environment(
      {{"DOCKER_HUB_TOKEN", "used-secret-value"}, {"DOCKERHUB_TOKEN", "unused-secret"}});
  const Redactor redactor(loaded->impl().book);
  EXPECT_EQ(redactor.text("used-secret-value unused-secret"), "***redacted*** ***redacted***");
}

TEST(Configuration, WarnsWhenUserAndTokenComeFromDifferentNamings) {
  const auto mixed =
      load_environment({{"DOCKER_HUB_USER", "ann"}, {"DOCKERHUB_TOKEN", "token-of-bob"}});
  ASSERT_EQ(mixed->warnings().size(), 1U);
  EXPECT_THAT(mixed->warnings()[0], HasSubstr("DOCKER_HUB_USER"));
  EXPECT_THAT(mixed->warnings()[0], HasSubstr("DOCKERHUB_TOKEN"));
  const auto same =
      load_environment({{"DOCKERHUB_USERNAME", "ann"}, {"DOCKERHUB_TOKEN", "token-of-ann"}});
  EXPECT_TRUE(same->warnings().empty());
}

TEST(Configuration, TakesNoSecretFromACommandLine) {
  ConfigurationSources sources = no_sources();
  sources.program = Program::command_line;
  sources.flags = {{"account.secret", "on-the-command-line"}};
  const std::string refused = refusal(Configuration::load(sources));
  EXPECT_THAT(refused, HasSubstr("DOCKER_HUB_TOKEN"));
  EXPECT_EQ(refused.find("on-the-command-line"), std::string::npos);
  sources.program = Program::embedded;
  EXPECT_TRUE(Configuration::load(sources));
}

TEST(Configuration, NamesTheLikelyKeyOfAnUnknownOption) {
  ConfigurationSources sources = no_sources();
  sources.flags = {{"log.lvel", "info"}};
  EXPECT_THAT(refusal(Configuration::load(sources)), HasSubstr("Did you mean log.level?"));
}

TEST(Configuration, KeepsToItsEnvironmentWhenEmbedded) {
  ::setenv("DOCKERHUB_LOG_LEVEL", "debug", 1);
  EXPECT_EQ(load_environment({})->text("log.level"), "warning");
  ::unsetenv("DOCKERHUB_LOG_LEVEL");
}

TEST(Configuration, AnswersUnknownKeysWithNothing) {
  const auto loaded = load_environment({});
  EXPECT_EQ(loaded->text("no.such"), "");
  EXPECT_FALSE(loaded->flag("no.such"));
  EXPECT_EQ(loaded->number("no.such"), 0);
}

class UserFilePlace : public testing::Test {
 protected:
  Result<Configuration> load(const std::map<std::string, std::string>& environment) {
    ConfigurationSources sources;
    sources.environment = environment;
    return Configuration::load(sources);
  }
  std::string home() const { return folder_.path().string(); }

  TemporaryFolder folder_;
};

TEST_F(UserFilePlace, IsTheXdgFolder) {
  folder_.write("dockerhub/config.yaml", "log:\n  level: info\n");
  const auto loaded = load({{"XDG_CONFIG_HOME", home()}, {"HOME", "/nowhere"}});
  ASSERT_TRUE(loaded) << refusal(loaded);
  EXPECT_EQ(loaded->text("log.level"), "info");
  EXPECT_EQ(loaded->impl().user_directory, folder_.path() / "dockerhub");
}

TEST_F(UserFilePlace, IsBelowHomeWhenTheXdgFolderIsNotAbsolute) {
  folder_.write(".config/dockerhub/config.yaml", "log:\n  level: info\n");
  const auto loaded = load({{"XDG_CONFIG_HOME", "relative"}, {"HOME", home()}});
  ASSERT_TRUE(loaded) << refusal(loaded);
  EXPECT_EQ(loaded->text("log.level"), "info");
}

TEST_F(UserFilePlace, MayHoldNoFile) {
  EXPECT_TRUE(load({{"HOME", home()}}));
  EXPECT_TRUE(load({}));
}

TEST_F(UserFilePlace, ThatIsNamedHasToHoldOne) {
  ConfigurationSources sources;
  sources.user_file = folder_.path() / "config.yaml";
  EXPECT_THAT(refusal(Configuration::load(sources)), HasSubstr("config.yaml"));
}

TEST_F(UserFilePlace, IsRefusedWhenOthersMayWriteTheFile) {
  folder_.write(".config/dockerhub/config.yaml", "safety:\n  allow_destructive: true\n", 0664);
  EXPECT_THAT(refusal(load({{"HOME", home()}})), HasSubstr("may write it"));
}

TEST_F(UserFilePlace, GetsAWarningWhenOthersMayReadItsSecrets) {
  folder_.write(".config/dockerhub/config.yaml", "account:\n  secret: a-secret-value\n", 0644);
  const auto loaded = load({{"HOME", home()}});
  ASSERT_TRUE(loaded) << refusal(loaded);
  ASSERT_EQ(loaded->warnings().size(), 1U);
  EXPECT_THAT(loaded->warnings()[0], HasSubstr("chmod 600"));
  EXPECT_EQ(loaded->impl().secrets.at("account.secret").reveal(), "a-secret-value");
}

TEST_F(UserFilePlace, NamesTheLineOfABadValue) {
  folder_.write(".config/dockerhub/config.yaml", "log:\n  level: loud\n");
  EXPECT_THAT(refusal(load({{"HOME", home()}})), HasSubstr("config.yaml:2: log.level is \"loud\""));
}

TEST_F(UserFilePlace, IsRefusedBeyondOneMebibyte) {
  folder_.write(".config/dockerhub/config.yaml", std::string(kUserFileLimit + 1, '#'));
  EXPECT_THAT(refusal(load({{"HOME", home()}})), HasSubstr("too large"));
}

TEST(SettingsTable, HasDefaultsThatItsOwnRulesAccept) {
  for (const Setting& row : settings()) {
    if (row.fallback.empty()) continue;
    EXPECT_EQ(checked_value(row, row.fallback, "default").value_or("refused").empty(), false)
        << row.key;
  }
}

TEST(SettingsTable, LetsOnlyHarmlessRowsComeFromAFoundFile) {
  std::vector<std::string> harmless;
  for (const Setting& row : settings()) {
    if (row.source == SettingSource::anywhere) harmless.emplace_back(row.key);
  }
  EXPECT_THAT(harmless, testing::ElementsAre("account.user", "account.secret", "account.jwt",
                                             "account.scim_token", "log.format", "log.level",
                                             "output.format"));
}

}  // namespace
}  // namespace dockerhub
