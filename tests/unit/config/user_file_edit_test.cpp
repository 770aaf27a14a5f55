#include "config/user_file_edit.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <sstream>
#include <thread>

#include "../temporary_folder.hpp"
#include "sources.hpp"

namespace dockerhub {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

std::string changed(std::string_view text, std::string_view key,
                    const std::optional<std::string>& value) {
  const auto result = with_setting(text, "FILE", *find_setting(key), value);
  return result ? *result : "refused: " + result.error().message;
}

TEST(UserFileEdit, ReplacesAValueAndKeepsEverythingElse) {
  EXPECT_EQ(changed("# mine\nlog:\n  # why\n  level:   info  # for now\n\n  format: json\n",
                    "log.level", "debug"),
            "# mine\nlog:\n  # why\n  level:   debug  # for now\n\n  format: json\n");
  EXPECT_EQ(changed("log:\n    level: \"in#fo\" # x\n", "log.level", "alert"),
            "log:\n    level: alert # x\n");
  EXPECT_EQ(changed("log:\n  level:\n", "log.level", "alert"), "log:\n  level: alert\n");
  EXPECT_EQ(changed("log:\n  level: # none\n", "log.level", "alert"),
            "log:\n  level: alert # none\n");
}

TEST(UserFileEdit, AddsAKeyWithTheIndentationOfItsSection) {
  EXPECT_EQ(
      changed("log:\n    level: info\nhub:\n  url: https://a.example\n", "log.format", "json"),
      "log:\n    format: json\n    level: info\nhub:\n  url: https://a.example\n");
  EXPECT_EQ(changed("log: # all of it\n", "log.format", "json"),
            "log: # all of it\n  format: json\n");
}

TEST(UserFileEdit, AddsASection) {
  EXPECT_EQ(changed("", "log.level", "info"), "log:\n  level: info\n");
  EXPECT_EQ(changed("# only this\n", "log.level", "info"), "# only this\nlog:\n  level: info\n");
  EXPECT_EQ(changed("safety:\n  confirm: ask", "log.level", "info"),
            "safety:\n  confirm: ask\nlog:\n  level: info\n");
}

TEST(UserFileEdit, RemovesAKey) {
  EXPECT_EQ(changed("log:\n  level: info\n  format: json\n", "log.level", std::nullopt),
            "log:\n  format: json\n");
  EXPECT_EQ(changed("log:\n  level: info\n", "log.level", std::nullopt), "log:\n");
  EXPECT_EQ(changed("log:\n  format: json\n", "log.level", std::nullopt), "log:\n  format: json\n");
}

TEST(UserFileEdit, QuotesWhatYamlWouldReadOtherwise) {
  for (const std::string value :
       {"~", "null", "# x", "a: b", "a\"b\\c", "", " x ", "- a", "*x", "%"}) {
    const std::string text = changed("", "account.user", value);
    const auto read = parse_user_file(text, "FILE");
    ASSERT_TRUE(read) << text;
    ASSERT_EQ(read->entries.size(), 1U) << text;
    EXPECT_EQ(read->entries[0].text, value);
  }
}

TEST(UserFileEdit, RefusesWhatOneLineCannotChange) {
  for (const char* const text : {"log: {level: info}\n", "{log: {level: info}}\n",
                                 "log:\n  level: >\n    info\n", "log:\n  \"level\": info\n"}) {
    EXPECT_THAT(changed(text, "log.level", "debug"), HasSubstr("refused: FILE")) << text;
  }
  EXPECT_THAT(changed("plugins:\n  path:\n    - /a\n    - /b\n", "plugins.path", "/c"),
              HasSubstr("refused: FILE:2"));
}

TEST(UserFileEdit, RemovesNothingThatSharesItsLine) {
  for (const char* const text :
       {"log: {level: info}\n", "log:\n  \"level\": info\n", "log: {\n  level: info, }\n"}) {
    EXPECT_THAT(changed(text, "log.level", std::nullopt), HasSubstr("refused: FILE")) << text;
  }
  EXPECT_THAT(changed("plugins:\n  path:\n    - /a\n", "plugins.path", std::nullopt),
              HasSubstr("refused: FILE:2"));
}

TEST(UserFileEdit, LeavesTheSettingsOfModulesAsTheyAre) {
  const std::string modules = "modules:\n  demo:\n    level: 3\n    list: [a, b]\n";
  EXPECT_EQ(changed(modules + "log:\n  level: info\n", "log.level", "debug"),
            modules + "log:\n  level: debug\n");
}

TEST(UserFileEdit, RefusesAFileThatIsWrongAlready) {
  EXPECT_THAT(changed("log:\n  lvel: info\n", "log.level", "debug"),
              HasSubstr("FILE:2: unknown key"));
}

class WriteUserSetting : public testing::Test {
 protected:
  Result<fs::path> set(std::string_view key, const std::optional<std::string>& value) const {
    return Configuration::write_user_setting(sources_, key, value);
  }
  std::string text() const {
    std::ostringstream all;
    all << std::ifstream(path_).rdbuf();
    return all.str();
  }
  static std::string reason(const Result<fs::path>& done) {
    return done ? "done" : done.error().message + " " + done.error().hint;
  }

  TemporaryFolder folder_;
  fs::path path_ = folder_.path() / "dockerhub" / "config.yaml";
  ConfigurationSources sources_ = [this] {
    ConfigurationSources sources;
    sources.system_file.clear();
    sources.environment = {{"XDG_CONFIG_HOME", folder_.path().string()}};
    return sources;
  }();
};

TEST_F(WriteUserSetting, MakesThePrivateFile) {
  const auto done = set("log.level", "info");
  ASSERT_TRUE(done) << reason(done);
  EXPECT_EQ(*done, path_);
  EXPECT_EQ(text(), "log:\n  level: info\n");
  EXPECT_EQ(fs::status(path_).permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(WriteUserSetting, ChangesNothingForAnUnknownKeyOrABadValue) {
  EXPECT_THAT(reason(set("log.lvel", "info")), HasSubstr("Did you mean log.level?"));
  EXPECT_THAT(reason(set("log.level", "loud")), HasSubstr("which is not one of"));
  EXPECT_FALSE(fs::exists(path_));
}

TEST_F(WriteUserSetting, ChangesNothingThatWouldStopTheStart) {
  EXPECT_THAT(reason(set("hub.url", "http://hub.example.com")), HasSubstr("unencrypted"));
  EXPECT_FALSE(fs::exists(path_));
  ASSERT_TRUE(set("http.plain_hosts", "hub.example.com"));
  EXPECT_TRUE(set("hub.url", "http://hub.example.com"));
}

TEST_F(WriteUserSetting, NeedsAPlaceForTheFile) {
  sources_.environment.clear();
  const auto nowhere = set("log.level", "info");
  ASSERT_FALSE(nowhere);
  EXPECT_EQ(nowhere.error().kind, ErrorKind::configuration);
  EXPECT_THAT(reason(nowhere), HasSubstr("Set HOME"));
}

TEST_F(WriteUserSetting, ChangesNoFileThatOthersMayWrite) {
  folder_.write("dockerhub/config.yaml", "log:\n  level: info\n", 0666);
  EXPECT_THAT(reason(set("log.level", "debug")), HasSubstr("chmod 600"));
  EXPECT_EQ(text(), "log:\n  level: info\n");
}

TEST_F(WriteUserSetting, MendsAConfigurationThatIsWrong) {
  sources_.environment["DOCKERHUB_LOG_LEVEL"] = "loud";
  EXPECT_TRUE(set("log.format", "json"));
}

TEST_F(WriteUserSetting, FollowsALink) {
  const fs::path real = folder_.write("dotfiles/config.yaml", "log:\n  level: info\n");
  fs::create_directories(path_.parent_path());
  fs::create_symlink(real, path_);
  ASSERT_TRUE(set("log.level", "debug"));
  EXPECT_TRUE(fs::is_symlink(path_));
  EXPECT_EQ(text(), "log:\n  level: debug\n");
}

TEST_F(WriteUserSetting, LosesNothingOfWritersAtTheSameTime) {
  const std::vector<std::string> keys = {"log.level", "log.format", "account.user", "call.timeout"};
  const std::vector<std::string> values = {"info", "json", "ann", "30"};
  std::vector<std::thread> writers;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    writers.emplace_back([&, i] { EXPECT_TRUE(set(keys[i], values[i])); });
  }
  for (std::thread& writer : writers) writer.join();
  const auto loaded = Configuration::load(sources_);
  ASSERT_TRUE(loaded) << refusal(loaded);
  for (const std::string& key : keys) EXPECT_TRUE(loaded->has(key)) << key;
}

TEST(SettingValues, AreShownAsPeopleWriteThemAndSecretsNotAtAll) {
  const auto loaded = load_environment({{"DOCKERHUB_CONNECT_TIMEOUT", "1500ms"},
                                        {"DOCKERHUB_MAX_ANSWER", "65536"},
                                        {"DOCKER_HUB_TOKEN", "a-secret-value"},
                                        {"DOCKERHUB_LOG_FILE", "/logs/a-secret-value"}});
  ASSERT_TRUE(loaded) << refusal(loaded);
  std::map<std::string, SettingValue> values;
  for (const SettingValue& value : loaded->settings()) values[value.key] = value;
  EXPECT_EQ(values.size(), setting_keys().size());
  EXPECT_EQ(values["http.connect_timeout"].value, "1500ms");
  EXPECT_EQ(values["http.idle_timeout"].value, "30s");
  EXPECT_EQ(values["http.idle_timeout"].origin, "default");
  EXPECT_EQ(values["http.max_answer"].value, "64KiB");
  EXPECT_TRUE(values["account.secret"].secret && values["account.secret"].set);
  EXPECT_EQ(values["account.secret"].value, "");
  EXPECT_EQ(values["log.file"].value.find("a-secret-value"), std::string::npos);
}

}  // namespace
}  // namespace dockerhub
