#include "doctor/checks.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "../config/sources.hpp"
#include "../temporary_folder.hpp"

namespace dockerhub {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using testing::HasSubstr;
using Level = Finding::Level;

Finding clock_of(std::vector<std::chrono::milliseconds> offsets) {
  return check_clock(offsets).at(0);
}

TEST(DoctorsClock, IsJudgedByTheServerThatItIsNearestTo) {
  EXPECT_EQ(clock_of({seconds(2), seconds(-1)}).level, Level::ok);
  EXPECT_EQ(clock_of({minutes(90), seconds(3)}).level, Level::ok) << "one server's clock is wrong";
  const Finding slow = clock_of({minutes(90), minutes(2)});
  EXPECT_EQ(slow.level, Level::warning);
  EXPECT_THAT(slow.message, HasSubstr("120 s slow"));
  const Finding fast = clock_of({minutes(-90)});
  EXPECT_EQ(fast.level, Level::problem);
  EXPECT_THAT(fast.message, HasSubstr("5400 s fast"));
  EXPECT_EQ(clock_of({}).level, Level::note);
  EXPECT_THAT(clock_of({}).hint, HasSubstr("timedatectl"));
}

TEST(DoctorsModules, TellWhyOneIsNotThere) {
  ModuleInfo good;
  good.name = "hub_a";
  good.refused_actions = {"x: needs ask/9"};
  ModuleInfo bad;
  bad.file = "/m/bad.so";
  bad.state = ModuleState::refused;
  bad.reason = "no ELF file";
  ModuleInfo off;
  off.name = "hub_off";
  off.state = ModuleState::disabled;
  off.reason = "switched off by OFFTOOL";
  const Findings findings = check_modules({good, bad, off});
  ASSERT_EQ(findings.size(), 4U);
  EXPECT_EQ(findings[0].message, "found: hub_a");
  EXPECT_EQ(findings[1].level, Level::warning);
  EXPECT_EQ(findings[2].level, Level::problem);
  EXPECT_THAT(findings[2].message, HasSubstr("no ELF file"));
  EXPECT_EQ(findings[3].level, Level::note);
  EXPECT_EQ(findings[3].message, "switched off by OFFTOOL");
  for (std::size_t i = 1; i < findings.size(); ++i) EXPECT_NE(findings[i].hint, "") << i;
  EXPECT_EQ(check_modules({}).at(0).level, Level::problem);
}

TEST(DoctorsConfiguration, TellsOfAnOpenGateAndOfNobodyAsked) {
  const auto findings = [](const std::map<std::string, std::string>& environment) {
    return check_configuration(*load_environment(environment));
  };
  EXPECT_EQ(findings({}).size(), 1U);
  const Findings open = findings({{"DOCKERHUB_ALLOW_DESTRUCTIVE", "true"}});
  EXPECT_EQ(open.at(1).level, Level::note);
  const Findings unasked =
      findings({{"DOCKERHUB_ALLOW_DESTRUCTIVE", "true"}, {"DOCKERHUB_CONFIRM", "never"}});
  EXPECT_EQ(unasked.at(1).level, Level::warning);
  const Findings unverified = findings({{"DOCKERHUB_SSL_VERIFY", "false"}});
  EXPECT_EQ(unverified.at(1).level, Level::warning);
  EXPECT_THAT(unverified.at(1).hint, HasSubstr("config show"));
}

TEST(DoctorsDisk, LooksAtTheFolderOrTheOneAboveIt) {
  const TemporaryFolder folder;
  const Finding missing = check_folder_place("cache", folder.path() / "a" / "b").at(0);
  EXPECT_NE(missing.level, Level::problem);
  EXPECT_EQ(missing.subject, (folder.path() / "a" / "b").string());
  EXPECT_EQ(check_folder_place("cache", {}).at(0).level, Level::warning);
  std::filesystem::create_directory(folder.path() / "open");
  std::filesystem::permissions(folder.path() / "open", static_cast<std::filesystem::perms>(0777));
  const Finding open = check_folder_place("cache", folder.path() / "open").at(0);
  EXPECT_EQ(open.level, Level::problem);
  EXPECT_THAT(open.hint, HasSubstr("chmod go-w"));
}

}  // namespace
}  // namespace dockerhub
