// Rows of cells on their way out: an aligned table on a terminal, tab-separated values in a pipe.
// The table looks at the first rows to find its widths; then, and always in a pipe, each row goes
// out at once. Cells come as they are; control characters are made visible here. One thread.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "column_widths.hpp"
#include "output_stream.hpp"
#include "row_writer.hpp"

namespace dockerhub::cli {

class RecordTable : public RowWriter {
 public:
  static constexpr std::size_t kRowsForWidths = 100;

  // No header when `header` is empty, and never in a pipe. On a terminal rows are cut to a line of so many columns,
  // where they can be; 0: they are not. `rows_for_widths`: how many are looked at, from 1.
  RecordTable(OutputStream& out, std::vector<std::string> header, std::size_t line = 0,
              std::size_t rows_for_widths = kRowsForWidths);

  bool add(std::vector<std::string> cells) override;

  // What still waits for widths.
  bool finish() override;

 private:
  bool flush();
  std::string aligned(const std::vector<std::string>& cells, bool is_header = false) const;
  std::string inked(const std::string& cell, std::size_t column, bool is_header) const;
  std::string tab_separated(const std::vector<std::string>& cells) const;

  OutputStream& out_;
  std::size_t rows_for_widths_;
  std::vector<std::string> header_;
  std::size_t line_;
  ColumnWidths widths_;
  std::vector<std::vector<std::string>> waiting_;
  bool widths_known_ = false;
};

}  // namespace dockerhub::cli
