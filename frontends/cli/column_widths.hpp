// How wide the columns of an aligned table are, and what of its cells fits a line. A cell of one word (a name, a
// digest, an address) is what people copy: it is never cut, nor is a first cell. One thread.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace dockerhub::cli {

class ColumnWidths {
 public:
  static constexpr std::size_t kGap = 2;  // between two columns
  // Longer cells stick out instead of widening their column, as long as nothing is cut.
  static constexpr std::size_t kMost = 60;
  // What is left of a text that is cut, at least: "59 minutes ago" stays whole. And of the title of a column.
  static constexpr std::size_t kLeastText = 14;
  static constexpr std::size_t kLeastTitle = 8;

  void add_titles(const std::vector<std::string>& titles);
  void add(const std::vector<std::string>& cells);

  // Takes from the widest columns until such rows fit a line of so many columns; where they cannot, nothing is cut.
  void fit(std::size_t line);

  // 0 of a column that nothing was added to.
  std::size_t of(std::size_t column) const;
  // The cell, or title, as it is shown in that column.
  std::string shown(const std::string& cell, std::size_t column, bool is_title) const;

 private:
  struct Column {
    std::size_t widest = 0, least = 0;
    std::size_t width = 0;  // after fit()
  };

  void widen(std::size_t column, std::size_t width, std::size_t least);

  std::vector<Column> columns_;
  bool is_cut_ = false;
};

}  // namespace dockerhub::cli
