// Comma-separated values (RFC 4180) as rows with the names of their columns. Pure; any thread.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dockerhub::org {

using CsvRow = std::map<std::string, std::string, std::less<>>;

struct CsvTable {
  std::vector<std::string> columns;  // in lower case, trimmed; one may stand twice
  std::vector<CsvRow> rows;          // below the header
};

// nullopt: a quote is not closed, or a row has more cells than the header. Lines end with LF or CRLF; empty ones
// are passed over.
std::optional<CsvTable> parse_csv(std::string_view text);
// Without blanks and tabs around it.
std::string trimmed(std::string_view text);

}  // namespace dockerhub::org
