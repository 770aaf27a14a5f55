#include "global_options.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "colour.hpp"
#include "values.hpp"

namespace dockerhub::cli {

namespace {

constexpr std::array<std::pair<std::string_view, OutputFormat>, 7> kFormats{{
    {"table", OutputFormat::table},
    {"wide", OutputFormat::wide},
    {"csv", OutputFormat::csv},
    {"ndjson", OutputFormat::ndjson},
    {"json", OutputFormat::json},
    {"data", OutputFormat::data},
    {"yaml", OutputFormat::yaml},
}};

bool is_parameter_of(const Action* action, std::string_view option) {
  if (action == nullptr) return false;
  const auto same = [&](std::string_view name) { return dashed(name) == option; };
  return std::any_of(action->parameters.begin(), action->parameters.end(),
                     [&](const Parameter& parameter) {
                       return same(parameter.name) ||
                              std::any_of(parameter.aliases.begin(), parameter.aliases.end(), same);
                     });
}

Result<void> take_flag(const GlobalOptionRow& row, const std::vector<std::string>& given,
                       GlobalOptions& options) {
  const std::optional<bool> value = boolean_of(given.back());
  if (!value) {
    return Failure(usage_error(
        "--" + std::string(row.name) + ": \"" + given.back() + "\" is neither true nor false.",
        "Write --" + std::string(row.name) + " alone to switch it on."));
  }
  options.*row.flag = *value;
  return {};
}

// Those that are there already stay the only ones: a command line may be read twice.
void take_hosts(const std::vector<std::string>& given, std::optional<std::string>& hosts) {
  std::string all = hosts.value_or("");
  for (const std::string& value : given) {
    if (("," + all + ",").find("," + value + ",") != std::string::npos) continue;
    all.append(all.empty() ? "" : ",").append(value);
  }
  hosts = std::move(all);
}

bool is_one_of(const std::string& value, const std::vector<std::string>& names) {
  return std::find(names.begin(), names.end(), value) != names.end();
}

Result<void> take_text(const GlobalOptionRow& row, const std::vector<std::string>& given,
                       GlobalOptions& options) {
  if (row.text == &GlobalOptions::plain_http) {
    take_hosts(given, options.plain_http);
    return {};
  }
  const std::string& value = given.back();
  if (row.text == &GlobalOptions::output && !output_format(value)) {
    const std::string meant = likely(value, format_names());
    const std::string use = "Use one of: " + joined(format_names()) + ".";
    return Failure(usage_error("--output: \"" + value + "\" is no output format.",
                               meant.empty() ? use : "Did you mean " + meant + "? " + use));
  }
  if (row.text == &GlobalOptions::max_items && !positive_number(value)) {
    return Failure(usage_error("--max-items: \"" + value + "\" is no number above zero.",
                               "Write --max-items 100."));
  }
  if (row.text == &GlobalOptions::color && !colour_mode(value)) {
    return Failure(usage_error("--color: \"" + value + "\" is no such choice.",
                               "Use one of: " + joined(colour_mode_names()) + "."));
  }
  if (row.text == &GlobalOptions::progress && !is_one_of(value, progress_names())) {
    return Failure(usage_error("--progress: \"" + value + "\" is no such choice.",
                               "Use one of: " + joined(progress_names()) + "."));
  }
  options.*row.text = value;
  return {};
}

bool is_json(OutputFormat format) {
  return format == OutputFormat::json || format == OutputFormat::data ||
         format == OutputFormat::ndjson || format == OutputFormat::members;
}

}  // namespace

const std::vector<GlobalOptionRow>& global_option_rows() {
  using G = GlobalOptions;
  static const std::vector<GlobalOptionRow> rows{
      {"output", 'o', nullptr, &G::output, false, "FORMAT",
       "table (default), wide (all columns), csv, ndjson (a line for each item), json (the whole "
       "envelope), data (its data alone) or yaml (the same)"},
      {"columns", 0, nullptr, &G::columns, false, "NAMES",
       "of rows: these columns, with commas; owner.name is one of a nested object"},
      {"sort", 0, nullptr, &G::sort, false, "COLUMN",
       "of rows: in the order of this column; COLUMN:desc (or -COLUMN) for the highest first"},
      {"json",
       0,
       nullptr,
       &G::members,
       false,
       "NAMES",
       "these members of each item as JSON; without NAMES those that the action tells are listed",
       {},
       true},
      {"jq", 0, nullptr, &G::jq, false, "EXPRESSION",
       "what this expression of jq makes of the data (-o json: of the envelope, -o ndjson: of each "
       "item, --json: of the members), a text as it is"},
      {"template", 0, nullptr, &G::template_text, false, "TEXT",
       "each item (-o data: the data, -o json: the envelope) by this Mustache template, like "
       "'{{name}} {{digest}}'"},
      {"color", 0, nullptr, &G::color, false, "WHEN",
       "auto (default: on a terminal, unless NO_COLOR is set), always or never", "colour"},
      {"dry-run", 0, &G::dry_run, nullptr, false, "", "show what would be done; change nothing"},
      {"allow-destructive", 0, &G::allow_destructive, nullptr, true, "",
       "open the gate for actions that destroy something; each still asks"},
      {"yes", 'y', &G::yes, nullptr, false, "", "consent without being asked"},
      {"params", 0, nullptr, &G::params, false, "JSON",
       "parameters as a JSON object, @FILE (JSON or YAML) or - for standard input"},
      {"all-pages", 0, &G::all_pages, nullptr, false, "", "of a list: all pages, not only one"},
      {"max-items", 0, nullptr, &G::max_items, false, "NUMBER",
       "of a list: at most so many, over all pages; also --limit", "limit"},
      {"fields", 0, nullptr, &G::fields, false, "NAMES",
       "of each item only these members, with commas, whatever the output format"},
      {"out", 0, nullptr, &G::out, false, "FILE",
       "write what is shown once (a new token) into this new file, for you alone; show the rest"},
      {"to", 0, nullptr, &G::to, false, "COMMAND",
       "give what is shown once to this program, on its standard input; show the rest"},
      {"as", 0, nullptr, &G::as, true, "NAME", "as this stored account (dockerhub account list)"},
      {"timeout", 0, nullptr, &G::timeout, true, "TIME",
       "end the call after this time: 30s, 500ms, 2m"},
      {"env-file", 0, nullptr, &G::env_file, true, "FILE", "read settings from this .env file"},
      {"plain-http", 0, nullptr, &G::plain_http, true, "HOST",
       "ask this host[:port] without TLS, beside those of the configuration; several with commas"},
      {"exit-status", 0, &G::exit_status, nullptr, false, "",
       "a check that finds nothing exits with 3"},
      {"progress", 0, nullptr, &G::progress, false, "FORM",
       "how far a long call is, on standard error: auto (default: lines on a terminal), json (a "
       "line for each report) or none"},
      {"quiet", 'q', &G::quiet, nullptr, true, "", "no notes, warnings or progress"},
      {"verbose", 'v', &G::verbose, nullptr, true, "", "log what is done to standard error"},
      {"version", 0, &G::version, nullptr, false, "", "print version, ABI and commit"},
      {"help", 'h', &G::help, nullptr, false, "", "help for the program, a module or an action"},
  };
  return rows;
}

std::vector<OptionRow> global_options_beside(const Action* action) {
  std::vector<OptionRow> rows;
  for (const GlobalOptionRow& row : global_option_rows()) {
    if (is_parameter_of(action, row.name)) continue;
    OptionRow option{std::string(row.name), row.letter, row.text != nullptr, {}};
    if (!row.alias.empty()) option.aliases.emplace_back(row.alias);
    option.value_may_lack = row.value_may_lack;
    rows.push_back(std::move(option));
  }
  return rows;
}

Result<void> take_global_options(const ParsedOptions& parsed, const Action* action,
                                 GlobalOptions& options) {
  for (const GlobalOptionRow& row : global_option_rows()) {
    const std::vector<std::string>* given = parsed.find(row.name);
    if (given == nullptr || is_parameter_of(action, row.name)) continue;
    Result<void> taken =
        row.text != nullptr ? take_text(row, *given, options) : take_flag(row, *given, options);
    if (!taken) return taken;
  }
  return {};
}

Result<void> check_view(const GlobalOptions& options, OutputFormat format) {
  if (options.members && (options.output || options.columns))
    return Failure(usage_error("--json does not go together with --output and --columns.",
                               "Leave one of them out."));
  if (options.jq && options.template_text)
    return Failure(usage_error("--jq does not go together with --template.",
                               "Leave one of them out; jq has \"\\(.name) \\(.digest)\"."));
  const std::string program = options.jq ? "--jq" : "--template";
  if (options.has_program() && options.output && !is_json(format))
    return Failure(usage_error(program + " reads JSON, not " + *options.output + ".",
                               "Use it with -o data, -o json, -o ndjson or --json NAMES."));
  if (options.has_program() && options.columns)
    return Failure(usage_error(program + " does not go together with --columns.",
                               "Use --json NAMES, or " + program + " alone."));
  const bool is_whole =
      format == OutputFormat::json || format == OutputFormat::data || format == OutputFormat::yaml;
  if (is_whole && (options.sort || options.columns))
    return Failure(usage_error(
        "--sort and --columns are for rows; json, data and yaml are the answer as it came.",
        "Use -o table, -o ndjson or -o csv, or --json NAMES."));
  return {};
}

std::optional<std::uint64_t> positive_number(std::string_view text) {
  std::uint64_t number = 0;
  const auto [rest, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (problem != std::errc() || rest != text.data() + text.size() || number == 0)
    return std::nullopt;
  return number;
}

bool may_configure(const std::vector<std::string>& arguments) {
  const auto configures = [](const std::string& argument) {
    const bool long_form = argument.compare(0, 2, "--") == 0;
    const std::string name = dashed(argument.substr(0, argument.find('=')));
    const auto& rows = global_option_rows();
    return std::any_of(rows.begin(), rows.end(), [&](const GlobalOptionRow& row) {
      if (!row.configures) return false;
      if (long_form)
        return name.substr(2) == row.name || name.substr(2) == "no-" + std::string(row.name);
      // -v, and -v among other letters
      return row.letter != 0 && argument.size() > 1 && argument.front() == '-' &&
             argument.find(row.letter) != std::string::npos;
    });
  };
  return std::any_of(arguments.begin(), arguments.end(), configures);
}

std::vector<std::string> progress_names() {
  return {"auto", "json", "none"};
}

std::vector<std::string> format_names() {
  std::vector<std::string> names;
  names.reserve(kFormats.size());
  for (const auto& [name, format] : kFormats) names.emplace_back(name);
  return names;
}

std::optional<OutputFormat> output_format(std::string_view name) {
  for (const auto& [text, format] : kFormats) {
    if (text == name) return format;
  }
  return std::nullopt;
}

}  // namespace dockerhub::cli
