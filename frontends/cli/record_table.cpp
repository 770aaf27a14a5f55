#include "record_table.hpp"

#include <cctype>
#include <utility>

#include "colour.hpp"
#include "dockerhub/kernel.hpp"
#include "text_width.hpp"

namespace dockerhub::cli {

namespace {

// Tabs and line ends would break the row apart.
std::string cell_line(std::string_view cell) {
  std::string text;
  for (const char c : cell) {
    switch (c) {
      case '\t':
        text += "\\t";
        break;
      case '\n':
        text += "\\n";
        break;
      case '\r':
        text += "\\r";
        break;
      default:
        text += c;
    }
  }
  return visible(text);
}

std::string upper(std::string text) {
  for (char& c : text)
    c = c == '_' ? ' ' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return text;
}

}  // namespace

RecordTable::RecordTable(OutputStream& out, std::vector<std::string> header, std::size_t line,
                         std::size_t rows_for_widths)
    : out_(out), rows_for_widths_(rows_for_widths), header_(std::move(header)), line_(line) {
  for (std::string& name : header_) name = upper(cell_line(name));
  widths_.add_titles(header_);
}

bool RecordTable::add(std::vector<std::string> cells) {
  for (std::string& cell : cells) cell = cell_line(cell);
  if (!out_.terminal()) return out_.write(tab_separated(cells));
  if (widths_known_) return out_.write(aligned(cells));
  widths_.add(cells);
  waiting_.push_back(std::move(cells));
  return waiting_.size() < rows_for_widths_ || flush();
}

bool RecordTable::finish() {
  return widths_known_ || flush();
}

bool RecordTable::flush() {
  widths_known_ = true;
  if (line_ != 0) widths_.fit(line_);
  std::string text;
  if (!header_.empty() && !waiting_.empty()) text = aligned(header_, true);
  for (const auto& row : waiting_) text += aligned(row);
  waiting_.clear();
  return out_.write(text);
}

// The first cell is what the row is about.
std::string RecordTable::inked(const std::string& cell, std::size_t column, bool is_header) const {
  if (!out_.colour() || (!is_header && column > 0)) return cell;
  return painted(cell, is_header ? Ink::header : Ink::name);
}

std::string RecordTable::tab_separated(const std::vector<std::string>& cells) const {
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i)
    line.append(i == 0 ? "" : "\t").append(inked(cells[i], i, false));
  return line + '\n';
}

std::string RecordTable::aligned(const std::vector<std::string>& cells, bool is_header) const {
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const std::string cell = widths_.shown(cells[i], i, is_header);
    line += inked(cell, i, is_header);
    const std::size_t width = display_width(cell), column = widths_.of(i);
    const std::size_t blanks = (width < column ? column - width : 0) + ColumnWidths::kGap;
    if (i + 1 < cells.size()) line.append(blanks, ' ');
  }
  while (!line.empty() && line.back() == ' ') line.pop_back();
  return line + '\n';
}

}  // namespace dockerhub::cli
