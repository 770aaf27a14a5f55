// Comma-separated values (RFC 4180) as rows with the names of their columns. Pure; any thread.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dockerhub::org {

using CsvRow = std::map<std::string, std::string, std::less<>>;

// The rows below the header, whose names come in lower case. nullopt: a quote is not closed, or a row
// has more cells than the header. Lines end with LF or CRLF; empty ones are passed over.
std::optional<std::vector<CsvRow>> parse_csv(std::string_view text);

}  // namespace dockerhub::org
