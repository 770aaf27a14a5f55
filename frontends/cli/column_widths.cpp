#include "column_widths.hpp"

#include <algorithm>

#include "text_width.hpp"

namespace dockerhub::cli {

namespace {

// Commas make lists, which are no word.
bool is_one_word(const std::string& cell) {
  return cell.find_first_of(" ,") == std::string::npos;
}

}  // namespace

void ColumnWidths::add_titles(const std::vector<std::string>& titles) {
  for (std::size_t i = 0; i < titles.size(); ++i) {
    const std::size_t width = display_width(titles[i]);
    widen(i, width, i == 0 ? width : std::min(width, kLeastTitle));
  }
}

void ColumnWidths::add(const std::vector<std::string>& cells) {
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const std::size_t width = display_width(cells[i]);
    const bool is_whole = i == 0 || is_one_word(cells[i]);
    widen(i, width, is_whole ? width : std::min(width, kLeastText));
  }
}

void ColumnWidths::widen(std::size_t column, std::size_t width, std::size_t least) {
  if (columns_.size() <= column) columns_.resize(column + 1);
  Column& one = columns_[column];
  one.widest = std::max(one.widest, width);
  one.least = std::max(one.least, least);
}

void ColumnWidths::fit(std::size_t line) {
  if (columns_.empty()) return;
  std::size_t wanted = kGap * (columns_.size() - 1);
  std::size_t needed = wanted;
  for (const Column& one : columns_) {
    wanted += one.widest;
    needed += one.least;
  }
  if (wanted <= line || needed > line) return;
  is_cut_ = true;
  for (Column& one : columns_) one.width = one.widest;
  const auto spare_width = [](const Column& one) { return one.width > one.least ? one.width : 0; };
  for (; wanted > line; --wanted) {
    const auto widest = std::max_element(
        columns_.begin(), columns_.end(),
        [&](const Column& a, const Column& b) { return spare_width(a) < spare_width(b); });
    --widest->width;
  }
}

std::size_t ColumnWidths::of(std::size_t column) const {
  if (column >= columns_.size()) return 0;
  return is_cut_ ? columns_[column].width : std::min(columns_[column].widest, kMost);
}

std::string ColumnWidths::shown(const std::string& cell, std::size_t column, bool is_title) const {
  const bool is_whole = column == 0 || (!is_title && is_one_word(cell));
  if (!is_cut_ || is_whole || column >= columns_.size()) return cell;
  return cut_to_width(cell, columns_[column].width);
}

}  // namespace dockerhub::cli
