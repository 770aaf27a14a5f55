#include "progress_line.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

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
  EXPECT_EQ(progress_text({"", 1, 0, "", "abcdefgh"}, 6), "1 abc…");
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

}  // namespace
}  // namespace dockerhub::cli
