#include "progress_line.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

namespace dockerhub::cli {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;

constexpr ProgressLines::Clock::time_point kStart{};

Progress progress(std::string_view track, std::uint64_t done, std::uint64_t total) {
  return {track, done, total, "byte", "copying"};
}

TEST(ProgressTextTest, SaysTrackShareUnitAndMessage) {
  EXPECT_EQ(progress_text(progress("layer", 1, 4), 80), "layer: 1 of 4 byte (25 %) copying");
  EXPECT_EQ(progress_text(progress("", 7, 0), 80), "7 byte copying");
}

TEST(ProgressTextTest, FitsTheLineAndIsSafe) {
  ASSERT_EQ(::setenv("LC_ALL", "C.UTF-8", 1), 0);
  EXPECT_EQ(progress_text({"", 1, 0, "", "abcdefgh"}, 6), "1 abc…");
  ASSERT_EQ(::setenv("LC_ALL", "C", 1), 0);
  EXPECT_EQ(progress_text({"", 1, 0, "", "abcdefgh"}, 6), "1 a...");
  ::unsetenv("LC_ALL");
  EXPECT_THAT(progress_text({"", 1, 0, "", "\x1b[31m"}, 80), HasSubstr("\\u001b"));
}

TEST(ProgressLinesTest, NothingIsShownInTheFirstSecond) {
  ProgressLines lines(kStart);
  EXPECT_EQ(lines.update(progress("", 1, 2), kStart + milliseconds(999)), "");
  EXPECT_EQ(lines.clear(), "");
  EXPECT_THAT(lines.update(progress("", 2, 2), kStart + milliseconds(1000)), HasSubstr("2 of 2"));
}

TEST(ProgressLinesTest, EachTrackHasItsLineAndIsRedrawnInPlace) {
  ProgressLines lines(kStart);
  lines.update(progress("a", 1, 2), kStart);
  EXPECT_THAT(lines.update(progress("b", 1, 2), kStart + milliseconds(1000)),
              testing::AllOf(HasSubstr("a: 1 of 2"), HasSubstr("b: 1 of 2")));
  EXPECT_THAT(lines.update(progress("a", 2, 2), kStart + milliseconds(2000)),
              testing::StartsWith("\x1b[2A\r\x1b[J"));
  EXPECT_EQ(lines.clear(), "\x1b[2A\r\x1b[J");
  EXPECT_EQ(lines.clear(), "");
}

TEST(ProgressLinesTest, RedrawsAreRare) {
  ProgressLines lines(kStart);
  EXPECT_NE(lines.update(progress("", 1, 9), kStart + milliseconds(1000)), "");
  EXPECT_EQ(lines.update(progress("", 2, 9), kStart + milliseconds(1050)), "");
  EXPECT_NE(lines.update(progress("", 3, 9), kStart + milliseconds(1100)), "");
}

Progress bytes(std::uint64_t done, std::uint64_t total) {
  return {"layer", done, total, "bytes", ""};
}

TEST(ProgressTextTest, ShowsBytesAsSizesWithRateAndRemainingTime) {
  EXPECT_EQ(progress_text(bytes(1'200'000, 4'000'000), 80), "layer: 1.2 MB of 4.0 MB (30 %)");
  EXPECT_EQ(progress_text(bytes(1'200'000, 4'000'000), 80, {milliseconds(2000), 800'000}),
            "layer: 1.2 MB of 4.0 MB (30 %), 400.0 kB/s, 7 s left");
  EXPECT_EQ(progress_text(bytes(5000, 0), 80, {milliseconds(1000), 5000}),
            "layer: 5.0 kB, 5.0 kB/s");
  EXPECT_EQ(progress_text(bytes(1'000'000, 1'000'000'000), 80, {milliseconds(1000), 1'000'000}),
            "layer: 1.0 MB of 1.0 GB (0 %), 1.0 MB/s, 16 min left");
}

TEST(ProgressTextTest, GuessesNoRateFromLittle) {
  for (const Pace& pace : {Pace{milliseconds(999), 5000}, Pace{milliseconds(5000), 0}})
    EXPECT_EQ(progress_text(bytes(5, 10), 80, pace), "layer: 5 B of 10 B (50 %)");
}

TEST(ProgressLinesTest, TheRateLeavesOutWhatWasThereBefore) {
  ProgressLines lines(kStart);
  lines.update(bytes(9'000'000, 10'000'000), kStart);
  EXPECT_THAT(lines.update(bytes(9'500'000, 10'000'000), kStart + milliseconds(1000)),
              HasSubstr("500.0 kB/s, 1 s left"));
}

TEST(ProgressLinesTest, ACallThatTellsNothingIsSeenToWork) {
  ProgressLines lines(kStart);
  EXPECT_EQ(lines.waiting(kStart + milliseconds(999)), "");
  EXPECT_EQ(lines.waiting(kStart + milliseconds(1000)), "Working, 1 s\n");
  EXPECT_EQ(lines.waiting(kStart + milliseconds(2100)), "\x1b[1A\r\x1b[JWorking, 2 s\n");
  EXPECT_THAT(lines.update(progress("a", 1, 2), kStart + milliseconds(3000)),
              testing::StartsWith("\x1b[1A\r\x1b[Ja: 1 of 2"));
  EXPECT_EQ(lines.waiting(kStart + milliseconds(4000)), "") << "the track tells it now";
}

TEST(ProgressReportsTest, AreLinesOfJson) {
  EXPECT_EQ(
      progress_json({"a \"b\"", 1, 2, "item", "working"}),
      R"({"progress":{"track":"a \"b\"","done":1,"total":2,"unit":"item","message":"working"}})");
  EXPECT_EQ(progress_json({"", 7, 0, "", ""}), R"({"progress":{"track":"","done":7}})");
}

TEST(ProgressReportsTest, AreRareForEachTrackAndEndWithTheLast) {
  ProgressReports reports;
  EXPECT_NE(reports.update(progress("a", 1, 9), kStart), "");
  EXPECT_EQ(reports.update(progress("a", 2, 9), kStart + milliseconds(50)), "");
  EXPECT_NE(reports.update(progress("b", 1, 9), kStart + milliseconds(50)), "");
  EXPECT_NE(reports.update(progress("a", 9, 9), kStart + milliseconds(60)), "");
  EXPECT_NE(reports.update(progress("a", 3, 9), kStart + milliseconds(200)), "");
}

}  // namespace
}  // namespace dockerhub::cli
