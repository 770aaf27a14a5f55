#include "telemetry/log.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "../temporary_folder.hpp"
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
    sources.system_file.clear();
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

TEST_F(LogLines, NameTheRequestThatTheyAreAbout) {
  testing::internal::CaptureStderr();
  Log(configuration({}, Program::command_line), redactor_, {}).write(LogLevel::error, "x", "00ff");
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "error: x [00ff]\n");
  testing::internal::CaptureStderr();
  Log(configuration({{"log.format", "json"}}), redactor_, {}).write(LogLevel::error, "x", "00ff");
  const std::string line = testing::internal::GetCapturedStderr();
  EXPECT_THAT(line, testing::HasSubstr(R"("message":"x","request_id":"00ff")"));
}

class LogFile : public LogLines {
 protected:
  std::string text(const std::string& name = "a.log") const {
    std::ostringstream all;
    all << std::ifstream(folder_.path() / name).rdbuf();
    return all.str();
  }
  Configuration to_file(const std::string& size = "1MiB") const {
    return configuration({{"log.file", (folder_.path() / "a.log").string()},
                          {"log.max_size", size},
                          {"log.max_files", "2"}});
  }

  TemporaryFolder folder_;
};

TEST_F(LogFile, HoldsTheLinesForItsUserAlone) {
  testing::internal::CaptureStderr();
  {
    const Log log(to_file(), redactor_, {});
    ASSERT_FALSE(log.problem());
    log.write(LogLevel::error, "first");
    EXPECT_THAT(text(), testing::HasSubstr("Z error: first\n")) << "a line is not kept back";
  }
  Log(to_file(), redactor_, {}).write(LogLevel::error, "second");
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
  EXPECT_THAT(text(), testing::AllOf(testing::HasSubstr("first"), testing::HasSubstr("second")));
  EXPECT_EQ(std::filesystem::status(folder_.path() / "a.log").permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

TEST_F(LogFile, IsExchangedWhenItIsFullAndTheOldestGoes) {
  const Log log(to_file("64KiB"), redactor_, {});
  const std::string line(10'000, 'x');
  for (int i = 0; i < 40; ++i) log.write(LogLevel::error, std::to_string(i) + line);
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder_.path())) {
    ++files;
    EXPECT_LE(entry.file_size(), 64U * 1024);
    EXPECT_EQ(entry.status().permissions(),
              std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  }
  EXPECT_EQ(files, 3U);
  EXPECT_THAT(text(), testing::HasSubstr("39x"));
  EXPECT_EQ(text("a.2.log").find(" 0x"), std::string::npos);
}

TEST_F(LogFile, OfOthersOrInNoPlaceIsSaidToBeAProblem) {
  folder_.write("a.log", "", 0666);
  const Log log(to_file(), redactor_, {});
  ASSERT_TRUE(log.problem());
  EXPECT_THAT(log.problem()->message, testing::HasSubstr("writable by others"));
  std::filesystem::remove(folder_.path() / "a.log");
  std::filesystem::create_directory(folder_.path() / "a.log");
  EXPECT_TRUE(Log(to_file(), redactor_, {}).problem());
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
