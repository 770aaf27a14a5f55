// The options of every command: before the module's name, and after the action where the action has
// no parameter of that name. One table says their names, what they take and what the help tells.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "option_parser.hpp"

namespace dockerhub::cli {

// members: those that --json names.
enum class OutputFormat { table, wide, csv, ndjson, json, data, yaml, members };

struct GlobalOptions {
  bool dry_run = false, allow_destructive = false, yes = false, quiet = false, verbose = false;
  bool exit_status = false, version = false, help = false, all_pages = false;
  std::optional<std::string> output, timeout, env_file, params, max_items, fields, out, to;
  std::optional<std::string> columns, sort, members, jq, template_text, color, progress, as;
  std::optional<std::string> plain_http;  // hosts, with commas

  // An expression of jq or a template makes the output.
  bool has_program() const { return jq.has_value() || template_text.has_value(); }
};

struct GlobalOptionRow {
  std::string_view name;
  char letter;
  bool GlobalOptions::*flag;                        // a flag, or
  std::optional<std::string> GlobalOptions::*text;  // an option with a value
  bool configures;                                  // the kernel's configuration depends on it
  std::string_view value_name, help;
  std::string_view alias = {};  // another name of the option
  bool value_may_lack = false;  // as OptionRow's
};

const std::vector<GlobalOptionRow>& global_option_rows();

// As rows for the parser, without those whose name a parameter of the action has (nullptr: all).
std::vector<OptionRow> global_options_beside(const Action* action);

// Adds what was parsed to what was given before: hosts to hosts, of all others the last one counts. Values that are
// refused: a bad flag, an unknown output format.
Result<void> take_global_options(const ParsedOptions& parsed, const Action* action,
                                 GlobalOptions& options);

// Refuses options that do not go together: --json with an output format or --columns, --jq and --template with each
// other or a format that is no JSON, and an order for what comes as the server sent it. `format`: the one in force.
Result<void> check_view(const GlobalOptions& options, OutputFormat format);

// True when one of these arguments may be an option that the configuration depends on.
bool may_configure(const std::vector<std::string>& arguments);

// A decimal number above zero; nullopt for anything else.
std::optional<std::uint64_t> positive_number(std::string_view text);

// The names that --progress takes.
std::vector<std::string> progress_names();

// The names that --output takes; nullopt for an unknown one.
std::vector<std::string> format_names();
std::optional<OutputFormat> output_format(std::string_view name);

}  // namespace dockerhub::cli
