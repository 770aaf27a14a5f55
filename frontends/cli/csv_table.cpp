#include "csv_table.hpp"

#include "dockerhub/kernel.hpp"

namespace dockerhub::cli {
namespace {

std::string quoted(const std::string& cell) {
  if (cell.find_first_of(",\"\r\n") == std::string::npos) return cell;
  std::string text = "\"";
  for (const char c : cell) text.append(c == '"' ? 2 : 1, c);
  return text + '"';
}

std::string line_of(const std::vector<std::string>& cells) {
  // A line without a character is no row to most readers.
  if (cells.size() == 1 && cells.front().empty()) return "\"\"\r\n";
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i)
    line.append(i == 0 ? "" : ",").append(quoted(cells[i]));
  return line + "\r\n";
}

}  // namespace

CsvTable::CsvTable(OutputStream& out, std::vector<std::string> header) : out_(out) {
  // Names of members are texts of strangers, too.
  for (std::string& name : header) name = visible(csv_text(name), true);
  if (!header.empty()) out_.write(line_of(header));
}

bool CsvTable::add(std::vector<std::string> cells) {
  for (std::string& cell : cells) cell = visible(cell, true);
  return out_.write(line_of(cells));
}

std::string csv_text(std::string_view text) {
  const bool is_formula =
      !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos;
  return (is_formula ? "'" : "") + std::string(text);
}

}  // namespace dockerhub::cli
