#include "column_widths.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "text_width.hpp"

namespace dockerhub::cli {
namespace {

using Cells = std::vector<std::string>;

const std::string kText = "A text of some words, longer than the line has room for";
const std::string kDigest = "sha256:0123456789abcdef0123456789abcdef";

// The width of a row as it is shown.
std::size_t row_width(const ColumnWidths& widths, const Cells& cells) {
  std::size_t width = 0;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const std::size_t cell = display_width(widths.shown(cells[i], i, false));
    const bool is_last = i + 1 == cells.size();
    width += is_last ? cell : std::max(cell, widths.of(i)) + ColumnWidths::kGap;
  }
  return width;
}

TEST(ColumnWidthsTest, AreThoseOfTheWidestCellUpToABound) {
  ColumnWidths widths;
  widths.add_titles({"NAME", "N"});
  widths.add({"a", "123"});
  widths.add({"b", std::string(100, 'x')});
  EXPECT_EQ(widths.of(0), 4U);
  EXPECT_EQ(widths.of(1), ColumnWidths::kMost);
  EXPECT_EQ(widths.of(2), 0U);
}

TEST(ColumnWidthsTest, StayWhereRowsFit) {
  const Cells row{"app", kText};
  ColumnWidths widths;
  widths.add(row);
  widths.fit(5 + kText.size());
  EXPECT_EQ(widths.shown(kText, 1, false), kText);
  EXPECT_EQ(row_width(widths, row), 5 + kText.size());
}

TEST(ColumnWidthsTest, ShrinkTheWidestTextToTheLine) {
  const Cells row{"the name", kText, "3 days ago", kDigest};
  for (const std::size_t line : {85U, 100U}) {
    ColumnWidths widths;
    widths.add(row);
    widths.fit(line);
    EXPECT_EQ(row_width(widths, row), line);
    EXPECT_EQ(widths.shown(row[0], 0, false), row[0]);
    EXPECT_NE(widths.shown(kText, 1, false), kText);
    EXPECT_EQ(widths.shown(row[2], 2, false), row[2]);
    EXPECT_EQ(widths.shown(kDigest, 3, false), kDigest);
  }
}

TEST(ColumnWidthsTest, AreSharedByTextsOfTheSameLength) {
  const Cells row{"a", kText, kText};
  ColumnWidths widths;
  widths.add(row);
  widths.fit(65);
  EXPECT_EQ(widths.of(1), 30U);
  EXPECT_EQ(widths.of(2), 30U);
}

TEST(ColumnWidthsTest, TakeFromTitlesToo) {
  ColumnWidths widths;
  widths.add_titles({"NAME", "IS A LONG TITLE"});
  widths.add({"a", "no"});
  widths.fit(14);
  EXPECT_EQ(widths.of(1), ColumnWidths::kLeastTitle);
  EXPECT_EQ(display_width(widths.shown("IS A LONG TITLE", 1, true)), ColumnWidths::kLeastTitle);
}

TEST(ColumnWidthsTest, CutNothingWhereWordsAloneAreTooMuch) {
  const Cells row{kText, kText, kDigest};
  ColumnWidths widths;
  widths.add(row);
  widths.fit(80);
  EXPECT_EQ(widths.shown(kText, 1, false), kText);
}

}  // namespace
}  // namespace dockerhub::cli
