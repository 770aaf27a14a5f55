#include "screen.hpp"

#include <gtest/gtest.h>
#include <pty.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace dockerhub::cli {
namespace {

// The variables that say something of the screen, as they were afterwards.
class ScreenTest : public testing::Test {
 protected:
  void SetUp() override {
    for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG", "COLUMNS", "LINES"}) {
      const char* value = std::getenv(name);
      before_.emplace_back(name,
                           value == nullptr ? std::nullopt : std::optional<std::string>(value));
      ::unsetenv(name);
    }
  }
  void TearDown() override {
    for (const auto& [name, value] : before_) {
      if (value) {
        ::setenv(name, value->c_str(), 1);
      } else {
        ::unsetenv(name);
      }
    }
  }

 private:
  std::vector<std::pair<const char*, std::optional<std::string>>> before_;
};

TEST_F(ScreenTest, HasUtf8WhereTheLocaleSaysSo) {
  EXPECT_FALSE(shows_utf8());
  for (const char* locale : {"C.UTF-8", "de_DE.utf8", "en_US.UTF8@euro"}) {
    ::setenv("LANG", locale, 1);
    EXPECT_TRUE(shows_utf8()) << locale;
    EXPECT_EQ(ellipsis(), "…");
  }
  for (const char* locale : {"C", "POSIX", "de_DE", "de_DE.ISO-8859-1", ""}) {
    ::setenv("LANG", locale, 1);
    EXPECT_FALSE(shows_utf8()) << locale;
    EXPECT_EQ(ellipsis(), "...");
  }
}

TEST_F(ScreenTest, AsksTheVariablesOfTheLocaleInTheirOrder) {
  ::setenv("LANG", "C", 1);
  ::setenv("LC_CTYPE", "C.UTF-8", 1);
  EXPECT_TRUE(shows_utf8());
  ::setenv("LC_ALL", "", 1);
  EXPECT_TRUE(shows_utf8()) << "an empty one says nothing";
  ::setenv("LC_ALL", "C", 1);
  EXPECT_FALSE(shows_utf8());
}

TEST_F(ScreenTest, IsAsLargeAsTheTerminalSaysElseTheVariables) {
  int master = -1, slave = -1;
  ASSERT_EQ(::openpty(&master, &slave, nullptr, nullptr, nullptr), 0);
  EXPECT_EQ(screen_size(slave).columns, 80U);
  EXPECT_EQ(screen_size(slave).rows, 24U);
  ::setenv("COLUMNS", "100", 1);
  ::setenv("LINES", "nonsense", 1);
  EXPECT_EQ(screen_size(slave).columns, 100U);
  EXPECT_EQ(screen_size(slave).rows, 24U);
  winsize told{};
  told.ws_col = 132;
  told.ws_row = 43;
  ASSERT_EQ(::ioctl(slave, TIOCSWINSZ, &told), 0);
  EXPECT_EQ(screen_size(slave).columns, 132U);
  EXPECT_EQ(screen_size(slave).rows, 43U);
  ::close(slave);
  ::close(master);
}

}  // namespace
}  // namespace dockerhub::cli
