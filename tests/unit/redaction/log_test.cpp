#include "telemetry/log.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>

#include "base/json.hpp"

namespace dockerhub {
namespace {

using Program = ConfigurationSources::Program;

class LogLines : public testing::Test {
 protected:
  static Configuration configuration(const std::map<std::string, std::string>& options,
                                     Program program = Program::embedded) {
    ConfigurationSources sources;
    sources.program = program;
    sources.flags = options;
    sources.read_user_file = false;
    return *Configuration::load(sources);
  }

  std::string standard_error(const Configuration& configuration, LogLevel level,
                             std::string_view text) const {
    testing::internal::CaptureStderr();
    Log(configuration, redactor_, {}).write(level, text);
    return testing::internal::GetCapturedStderr();
  }

  std::shared_ptr<SecretBook> book_ = std::make_shared<SecretBook>();
  Redactor redactor_{book_};
};

TEST_F(LogLines, BelowTheLevelAreLeftOut) {
  const Configuration notice = configuration({{"log.level", "notice"}});
  EXPECT_EQ(standard_error(notice, LogLevel::info, "x"), "");
  EXPECT_NE(standard_error(notice, LogLevel::notice, "x"), "");
  EXPECT_NE(standard_error(notice, LogLevel::emergency, "x"), "");
}

TEST_F(LogLines, OfTheCommandLineAreForPeople) {
  EXPECT_EQ(
      standard_error(configuration({}, Program::command_line), LogLevel::warning, "low on disk"),
      "warning: low on disk\n");
}

TEST_F(LogLines, OfAServerBeginWithTheTime) {
  EXPECT_THAT(
      standard_error(configuration({}, Program::server), LogLevel::error, "gone"),
      testing::MatchesRegex("[0-9]+-[0-9]+-[0-9]+T[0-9]+:[0-9]+:[0-9]+.[0-9]+Z error: gone\n"));
}

TEST_F(LogLines, AsJsonAreOneObjectEach) {
  const std::string line = standard_error(configuration({{"log.format", "json"}}), LogLevel::alert,
                                          "a \"quoted\"\n\x1b[0m text\xFF");
  ASSERT_EQ(line.back(), '\n');
  const auto object = json::parse(std::string_view(line).substr(0, line.size() - 1));
  ASSERT_TRUE(object) << line;
  EXPECT_EQ(json::text_of(*object, "level"), "alert");
  EXPECT_EQ(json::text_of(*object, "message"), "a \"quoted\"\n\\u001b[0m text\xEF\xBF\xBD");
  EXPECT_EQ(json::text_of(*object, "time").size(), std::string("2026-01-02T03:04:05.678Z").size());
}

TEST_F(LogLines, HoldNoSecretAndNoControl) {
  const Secret secret = book_->make("known\nvalue");
  for (const char* const format : {"text", "json"}) {
    const std::string line =
        standard_error(configuration({{"log.format", format}}), LogLevel::error,
                       "with known\nvalue and dckr_pat_abc and \x1b[2J {} %v");
    EXPECT_EQ(line.find("value"), std::string::npos) << line;
    EXPECT_EQ(line.find("dckr_pat"), std::string::npos) << line;
    EXPECT_EQ(line.find('\x1b'), std::string::npos) << line;
    EXPECT_NE(line.find("{} %v"), std::string::npos) << line;
  }
}

TEST_F(LogLines, AreOneLineEachAsText) {
  const std::string line =
      standard_error(configuration({}), LogLevel::error, "first\nwarning: forged");
  EXPECT_EQ(std::count(line.begin(), line.end(), '\n'), 1);
}

TEST_F(LogLines, GoToTheSinkRedactedAndNowhereElse) {
  std::vector<std::pair<LogLevel, std::string>> lines;
  testing::internal::CaptureStderr();
  const Log log(configuration({}), redactor_, [&lines](LogLevel level, std::string_view text) {
    lines.emplace_back(level, text);
  });
  log.write(LogLevel::critical, "Bearer abc123");
  log.write(LogLevel::debug, "not wanted");
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(lines[0], std::make_pair(LogLevel::critical, std::string("Bearer ***redacted***")));
}

TEST_F(LogLines, DoNotLetASinkEndTheCall) {
  const Log log(configuration({}), redactor_,
                [](LogLevel, std::string_view) { throw std::runtime_error("full"); });
  log.write(LogLevel::error, "x");
}

TEST(LogLevels, HaveTheNamesOfTheSetting) {
  for (int i = 0; i <= static_cast<int>(LogLevel::emergency); ++i) {
    const auto level = static_cast<LogLevel>(i);
    EXPECT_EQ(log_level(log_level_name(level)), level);
  }
  EXPECT_FALSE(log_level("loud"));
}

}  // namespace
}  // namespace dockerhub
