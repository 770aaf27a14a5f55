#include "config/dotenv.hpp"

#include <optional>

#include "config/values.hpp"

namespace dockerhub {
namespace {

bool is_name(std::string_view text) {
  constexpr std::string_view kFirst = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_";
  constexpr std::string_view kAll =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_0123456789";
  return !text.empty() && kFirst.find(text[0]) != std::string_view::npos &&
         text.find_first_not_of(kAll) == std::string_view::npos;
}

std::string_view without_export(std::string_view line) {
  constexpr std::string_view kExport = "export";
  if (line.substr(0, kExport.size()) != kExport) return line;
  const std::string_view rest = line.substr(kExport.size());
  return !rest.empty() && (rest[0] == ' ' || rest[0] == '\t') ? trimmed(rest) : line;
}

// A comment begins with # after a blank: a # inside a value belongs to it.
std::string plain_value(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool after_blank = i == 0 || text[i - 1] == ' ' || text[i - 1] == '\t';
    if (text[i] == '#' && after_blank) return std::string(trimmed(text.substr(0, i)));
  }
  return std::string(trimmed(text));
}

char unescaped(char c) {
  switch (c) {
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    default:
      return c;
  }
}

// The value between the quotes at both ends of its text; nothing when the second one is missing or
// something other than a comment follows it.
std::optional<std::string> quoted_value(std::string_view text) {
  const char quote = text[0];
  std::string value;
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] == quote) {
      const std::string_view rest = trimmed(text.substr(i + 1));
      if (!rest.empty() && rest[0] != '#') return std::nullopt;
      return value;
    }
    const bool escape = quote == '"' && text[i] == '\\' && i + 1 < text.size() &&
                        std::string_view("nrt\\\"$").find(text[i + 1]) != std::string_view::npos;
    if (escape) ++i;
    value += escape ? unescaped(text[i]) : text[i];
  }
  return std::nullopt;
}

Failure at_line(std::string_view file, std::size_t line, const std::string& what,
                std::string hint) {
  return refused(std::string(file) + ":" + std::to_string(line) + ": " + what, std::move(hint));
}

Result<DotenvEntry> parse_line(std::string_view line, std::string_view file, std::size_t number) {
  const std::string_view assignment = without_export(line);
  const std::size_t equals = assignment.find('=');
  const std::string_view name = trimmed(assignment.substr(0, equals));
  if (equals == std::string_view::npos || !is_name(name)) {
    return at_line(
        file, number, "not of the form NAME=VALUE",
        "Write NAME=VALUE with letters, digits and _ in the name, or begin the line with #.");
  }
  const std::string_view text = trimmed(assignment.substr(equals + 1));
  if (text.find('\0') != std::string_view::npos) {
    return at_line(file, number, std::string(name) + " holds a zero byte",
                   "Write the file as plain text.");
  }
  if (text.empty() || (text[0] != '"' && text[0] != '\'')) {
    return DotenvEntry{std::string(name), plain_value(text), number};
  }
  std::optional<std::string> value = quoted_value(text);
  if (!value) {
    return at_line(file, number,
                   "the quotes of " + std::string(name) + " do not end where the line ends",
                   "Close the quotes on the same line; write \\n for a newline in double quotes.");
  }
  return DotenvEntry{std::string(name), std::move(*value), number};
}

}  // namespace

Result<std::vector<DotenvEntry>> parse_dotenv(std::string_view text, std::string_view file) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.substr(0, kByteOrderMark.size()) == kByteOrderMark)
    text.remove_prefix(kByteOrderMark.size());
  std::vector<DotenvEntry> entries;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty() || line[0] == '#') continue;
    Result<DotenvEntry> entry = parse_line(line, file, number);
    if (!entry) return Failure(std::move(entry.error()));
    entries.push_back(std::move(*entry));
  }
  return entries;
}

}  // namespace dockerhub
