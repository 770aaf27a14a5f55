#include "csv.hpp"

#include <cctype>

namespace dockerhub::org {
namespace {

using Cells = std::vector<std::string>;

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  bool at_end() const { return at_ >= text_.size(); }
  bool is_broken() const { return is_broken_; }

  Cells row() {
    Cells cells;
    do {
      cells.push_back(cell());
    } while (take(','));
    take('\r');
    if (!at_end() && !take('\n')) is_broken_ = true;
    return cells;
  }

 private:
  bool take(char c) {
    const bool found = !at_end() && text_[at_] == c;
    if (found) ++at_;
    return found;
  }

  std::string cell() {
    std::string value;
    if (!take('"')) {
      while (!at_end() && std::string_view(",\r\n").find(text_[at_]) == std::string_view::npos)
        value += text_[at_++];
      return value;
    }
    while (!at_end()) {
      const char c = text_[at_++];
      // A quote ends the cell unless another one follows.
      if (c == '"' && !take('"')) return value;
      value += c;
    }
    is_broken_ = true;
    return value;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  bool is_broken_ = false;
};

std::string lower(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

}  // namespace

std::string trimmed(std::string_view text) {
  const std::size_t start = text.find_first_not_of(" \t");
  if (start == std::string_view::npos) return {};
  return std::string(text.substr(start, text.find_last_not_of(" \t") - start + 1));
}

std::optional<CsvTable> parse_csv(std::string_view text) {
  constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
  if (text.substr(0, kByteOrderMark.size()) == kByteOrderMark)
    text.remove_prefix(kByteOrderMark.size());
  Reader reader(text);
  CsvTable table;
  table.columns = reader.row();
  for (std::string& name : table.columns) name = lower(trimmed(name));
  while (!reader.at_end()) {
    const Cells cells = reader.row();
    if (reader.is_broken() || cells.size() > table.columns.size()) return std::nullopt;
    if (cells.size() == 1 && cells[0].empty()) continue;
    CsvRow row;
    for (std::size_t i = 0; i < cells.size(); ++i) row[table.columns[i]] = cells[i];
    table.rows.push_back(std::move(row));
  }
  if (reader.is_broken()) return std::nullopt;
  return table;
}

}  // namespace dockerhub::org
