#include "text_width.hpp"

#include <gtest/gtest.h>

namespace dockerhub::cli {
namespace {

TEST(TextWidthTest, CountsColumnsNotBytes) {
  EXPECT_EQ(display_width("abc"), 3U);
  EXPECT_EQ(display_width("äöü"), 3U);
  EXPECT_EQ(display_width("日本"), 4U);
}

TEST(TextWidthTest, CutsAtCharactersAndSaysSo) {
  EXPECT_EQ(cut_to_width("abcdef", 6, "…"), "abcdef");
  EXPECT_EQ(cut_to_width("abcdef", 4, "…"), "abc…");
  EXPECT_EQ(cut_to_width("日本語", 4, "…"), "日…");
  EXPECT_EQ(cut_to_width("abcdef", 5, "..."), "ab...");
}

TEST(TextWidthTest, CutsToWhatIsThereOfALineTooShortForTheEnd) {
  EXPECT_EQ(cut_to_width("abcdef", 0, "…"), "");
  EXPECT_EQ(cut_to_width("abcdef", 1, "…"), "…");
  EXPECT_EQ(cut_to_width("abcdef", 2, "..."), "..");
}

TEST(TextWidthTest, WrapsAtSpacesUnderItsIndent) {
  EXPECT_EQ(wrapped("one two three", 2, 10), "one two\n  three");
  EXPECT_EQ(wrapped("unbreakable-word", 0, 5), "unbreakable-word");
  EXPECT_EQ(wrapped("", 2, 10), "");
}

}  // namespace
}  // namespace dockerhub::cli
