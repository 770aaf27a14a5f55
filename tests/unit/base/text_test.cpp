#include <gtest/gtest.h>

#include "dockerhub/kernel.hpp"

namespace dockerhub {
namespace {

TEST(Visible, LeavesOrdinaryTextAlone) {
  EXPECT_EQ(visible("tag v1.2, Größe 日本 \xF0\x9F\x90\xB3"),
            "tag v1.2, Größe 日本 \xF0\x9F\x90\xB3");
}

TEST(Visible, ShowsControlsThatTerminalsObey) {
  EXPECT_EQ(visible("\x1b[31mred\x07"), "\\u001b[31mred\\u0007");
  EXPECT_EQ(visible("a\x7f"), "a\\u007f");
  EXPECT_EQ(visible("a\xC2\x9B"
                    "b"),
            "a\\u009bb");
  EXPECT_EQ(visible(std::string_view("a\0b", 3)), "a\\u0000b");
}

TEST(Visible, ShowsAControlWhereverItStands) {
  constexpr std::size_t kSize = 20;
  for (const char control : {'\x01', '\x1b', '\x1f', '\x7f'}) {
    for (std::size_t at = 0; at < kSize; ++at) {
      std::string text(kSize, '~');
      text[at] = control;
      EXPECT_EQ(visible(text).size(), kSize + 5) << int(control) << " at " << at;
    }
  }
}

TEST(Visible, ShowsMarksThatTurnTheDirectionOfText) {
  EXPECT_EQ(visible("a\xE2\x80\xAE"
                    "b"),
            "a\\u202eb");
  EXPECT_EQ(visible("\xE2\x81\xA6"), "\\u2066");
  EXPECT_EQ(visible("\xE2\x80\x8F\xD8\x9C"), "\\u200f\\u061c");
  EXPECT_EQ(visible("\xE2\x80\xA8"), "\\u2028");
}

// A text written in tag characters shows nothing and is read by a model all the same.
TEST(Visible, ShowsWhatLiesAboveSixteenBitsAsAPairOfEscapes) {
  EXPECT_EQ(visible("a\xF3\xA0\x81\x81"
                    "b"),
            "a\\udb40\\udc41b");
  EXPECT_EQ(visible("\xF3\xA0\x80\x80\xF3\xA0\x81\xBF"), "\\udb40\\udc00\\udb40\\udc7f");
}

TEST(Visible, KeepsNewlineAndTabOnlyWhenAskedTo) {
  EXPECT_EQ(visible("a\n\tb"), "a\\u000a\\u0009b");
  EXPECT_EQ(visible("a\n\tb\r", true), "a\n\tb\\u000d");
}

TEST(Visible, ReplacesWhatIsNotUtf8) {
  EXPECT_EQ(visible("a\xFF"
                    "b"),
            "a\xEF\xBF\xBD"
            "b");
  EXPECT_EQ(visible("\xC0\xAF"), "\xEF\xBF\xBD\xEF\xBF\xBD");
  EXPECT_EQ(visible("\xED\xA0\x80"), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
  EXPECT_EQ(visible("\xE2\x80"), "\xEF\xBF\xBD\xEF\xBF\xBD");
}

TEST(Visible, DoesNotLetABrokenSequenceHideAControl) {
  EXPECT_EQ(visible("\xE2\x1b[0m"), "\xEF\xBF\xBD\\u001b[0m");
}

}  // namespace
}  // namespace dockerhub
