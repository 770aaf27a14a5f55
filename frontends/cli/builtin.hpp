// What the built-in commands (plugin, config, doctor, mcp, trail) have in common: a table of subcommands, its
// help and its errors of usage, and rows for the result printer. Free functions; one thread.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "global_options.hpp"
#include "json.hpp"
#include "option_parser.hpp"
#include "result_printer.hpp"

namespace dockerhub::cli {

// Where a command prints.
struct Output {
  OutputFormat format;
  OutputStream& out;
  Messages& messages;
  RowView view = {};

  bool is_table() const { return format == OutputFormat::table || format == OutputFormat::wide; }
};

struct SubcommandRow {
  std::string_view name;
  std::string_view arguments;  // "KEY VALUE"; one in brackets may be left out, "..." are any number
  std::string_view help;
};

// The row that the first positional names, with as many arguments as it takes; or an error of usage, which
// names the likely one.
Result<std::size_t> find_subcommand(std::string_view command, std::span<const SubcommandRow> rows,
                                    const ParsedOptions& parsed);

// For commands that change something and cannot say what they would do without doing it.
Result<void> refuse_dry_run(const GlobalOptions& options, const std::string& command);

std::string subcommands_help(std::string_view command, std::span<const SubcommandRow> rows);

// A text, owned by the document; and as a member of one of its objects.
json::Value text_value(const std::string& text, json::Document& document);
void put(json::Value& object, json::Document& document, const char* key, const std::string& text);

// `columns`: of a list, the keys that a table shows.
void print(const Output& output, const json::Value& data, std::vector<std::string> columns);

}  // namespace dockerhub::cli
