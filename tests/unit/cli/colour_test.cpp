#include "colour.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace dockerhub::cli {
namespace {

// The variables that say something of colours, as they were afterwards.
class ColourTest : public testing::Test {
 protected:
  void SetUp() override {
    for (const char* name : {"NO_COLOR", "CLICOLOR_FORCE", "TERM"}) {
      const char* value = std::getenv(name);
      before_.emplace_back(name,
                           value == nullptr ? std::nullopt : std::optional<std::string>(value));
      set(name, nullptr);
    }
    set("TERM", "xterm");
  }
  void TearDown() override {
    for (const auto& [name, value] : before_) set(name, value ? value->c_str() : nullptr);
  }
  static void set(const char* name, const char* value) {
    if (value == nullptr) {
      ::unsetenv(name);
    } else {
      ::setenv(name, value, 1);
    }
  }

 private:
  std::vector<std::pair<const char*, std::optional<std::string>>> before_;
};

TEST_F(ColourTest, IsForTerminalsUnlessToldOtherwise) {
  EXPECT_TRUE(wants_colour(ColourMode::automatic, true));
  EXPECT_FALSE(wants_colour(ColourMode::automatic, false));
  EXPECT_TRUE(wants_colour(ColourMode::always, false));
  EXPECT_FALSE(wants_colour(ColourMode::never, true));
  set("TERM", "dumb");
  EXPECT_FALSE(wants_colour(ColourMode::automatic, true));
}

TEST_F(ColourTest, IsSwitchedByTheVariablesThatOthersKnow) {
  set("CLICOLOR_FORCE", "1");
  EXPECT_TRUE(wants_colour(ColourMode::automatic, false));
  set("NO_COLOR", "1");
  EXPECT_FALSE(wants_colour(ColourMode::automatic, true)) << "NO_COLOR wins";
  EXPECT_TRUE(wants_colour(ColourMode::always, true)) << "the option wins over both";
}

TEST_F(ColourTest, PassesOverVariablesThatSayNothing) {
  set("NO_COLOR", "");
  set("CLICOLOR_FORCE", "0");
  EXPECT_TRUE(wants_colour(ColourMode::automatic, true));
  EXPECT_FALSE(wants_colour(ColourMode::automatic, false));
}

TEST(ColouredText, EndsItsColour) {
  EXPECT_EQ(painted("a", Ink::name), "\x1b[36ma\x1b[0m");
  EXPECT_EQ(painted("", Ink::header), "");
}

TEST(ColourModes, HaveNames) {
  for (const std::string& name : colour_mode_names()) EXPECT_TRUE(colour_mode(name)) << name;
  EXPECT_FALSE(colour_mode("yes"));
}

}  // namespace
}  // namespace dockerhub::cli
