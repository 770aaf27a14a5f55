#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "../temporary_folder.hpp"
#include "config/configuration_impl.hpp"
#include "sources.hpp"

namespace dockerhub {
namespace {

using testing::HasSubstr;

class SystemFile : public testing::Test {
 protected:
  Result<Configuration> load() const { return Configuration::load(sources_); }
  void system(std::string_view text, unsigned mode = 0644) {
    sources_.system_file = folder_.write("etc/config.yaml", text, mode);
  }

  TemporaryFolder folder_;
  ConfigurationSources sources_ = no_sources();
};

TEST_F(SystemFile, StandsBetweenDefaultsAndTheUserFile) {
  system("log:\n  level: info\n  format: json\nmodules:\n  m:\n    a: 1\n    b: 2\n");
  sources_.user_file =
      folder_.write("config.yaml", "log:\n  level: debug\nmodules:\n  m:\n    b: 3\n");
  sources_.read_user_file = true;
  const auto loaded = load();
  ASSERT_TRUE(loaded) << refusal(loaded);
  EXPECT_EQ(loaded->text("log.level"), "debug");
  EXPECT_EQ(loaded->text("log.format"), "json");
  EXPECT_EQ(loaded->origin("log.format"), "system file " + sources_.system_file.string() + ":3");
  EXPECT_EQ(loaded->impl().modules.at("m").at("a").value, "1");
  EXPECT_EQ(loaded->impl().modules.at("m").at("b").value, "3");
}

TEST_F(SystemFile, NeedNotBeThere) {
  sources_.system_file = folder_.path() / "none.yaml";
  const auto loaded = load();
  ASSERT_TRUE(loaded) << refusal(loaded);
  ASSERT_EQ(loaded->files().size(), 1U);
  EXPECT_FALSE(loaded->files()[0].present);
}

TEST_F(SystemFile, ThatAVariableNamesHasToBeThere) {
  sources_.environment["DOCKERHUB_SYSTEM_CONFIG"] = (folder_.path() / "none.yaml").string();
  EXPECT_THAT(refusal(load()), HasSubstr("none.yaml"));
  sources_.environment["DOCKERHUB_SYSTEM_CONFIG"] =
      folder_.write("other.yaml", "log:\n  level: alert\n").string();
  const auto loaded = load();
  ASSERT_TRUE(loaded) << refusal(loaded);
  EXPECT_EQ(loaded->text("log.level"), "alert");
}

TEST_F(SystemFile, IsNotNamedByAnEnvFileThatWasFound) {
  sources_.dotenv = folder_.write(".env", "DOCKERHUB_SYSTEM_CONFIG=/tmp/mine.yaml\n");
  EXPECT_THAT(refusal(load()), HasSubstr("DOCKERHUB_SYSTEM_CONFIG is not taken"));
}

TEST_F(SystemFile, IsRefusedWhenOthersMayWriteItOrItsFolder) {
  system("log:\n  level: info\n", 0664);
  EXPECT_THAT(refusal(load()), HasSubstr("may write it"));
  system("log:\n  level: info\n");
  std::filesystem::permissions(sources_.system_file.parent_path(),
                               static_cast<std::filesystem::perms>(0777));
  EXPECT_THAT(refusal(load()), HasSubstr("writable by others"));
}

TEST_F(SystemFile, OfSomebodyElseIsRefused) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can give files to others: run this test as root";
  system("log:\n  level: info\n");
  ASSERT_EQ(::chown(sources_.system_file.c_str(), 12345, 0), 0);
  EXPECT_THAT(refusal(load()), HasSubstr("another user owns this file"));
}

TEST_F(SystemFile, NamesTheLineOfAMistakeAndWarnsOfSecretsForAll) {
  system("log:\n  lvel: info\n");
  EXPECT_THAT(refusal(load()), HasSubstr("config.yaml:2: unknown key"));
  system("account:\n  secret: a-secret-value\n");
  const auto loaded = load();
  ASSERT_TRUE(loaded) << refusal(loaded);
  ASSERT_EQ(loaded->warnings().size(), 1U);
  EXPECT_THAT(loaded->warnings()[0], HasSubstr("other users may read it"));
}

// A secret of one source does not go to a base URL of another one.
TEST_F(SystemFile, IsASourceOfItsOwn) {
  system("hub:\n  url: https://hub.example.com\n");
  const auto loaded = load();
  ASSERT_TRUE(loaded) << refusal(loaded);
  EXPECT_EQ(loaded->impl().layer_of("hub.url"), Layer::system_file);
}

}  // namespace
}  // namespace dockerhub
