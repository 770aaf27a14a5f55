#include "builtin.hpp"

#include <algorithm>

namespace dockerhub::cli {

namespace {

constexpr std::size_t kNameWidth = 12;
constexpr std::size_t kAnyNumber = 65536;  // more than a command line has

struct Counts {
  std::size_t least = 0, most = 0;
};

Counts arguments_of(const SubcommandRow& row) {
  Counts counts;
  if (row.arguments.empty()) return counts;
  const auto blanks = std::count(row.arguments.begin(), row.arguments.end(), ' ');
  const auto optional = std::count(row.arguments.begin(), row.arguments.end(), '[');
  counts.most = static_cast<std::size_t>(blanks) + 1;
  counts.least = counts.most - static_cast<std::size_t>(optional);
  if (row.arguments.find("...") != std::string_view::npos) counts.most = kAnyNumber;
  return counts;
}

std::string with_arguments(const SubcommandRow& row) {
  return std::string(row.name) + (row.arguments.empty() ? "" : " ") + std::string(row.arguments);
}

Error unknown_subcommand(std::string_view command, std::span<const SubcommandRow> rows,
                         const std::string& given) {
  const std::string prefix = "`" + std::string(command) + " ";
  std::vector<std::string> names;
  for (const SubcommandRow& row : rows) names.emplace_back(row.name);
  const std::string meant = likely(given, names);
  return usage_error("There is no command " + prefix + given + "`.",
                     meant.empty() ? "Use one of: " + joined(names) + "."
                                   : "Did you mean " + prefix + meant + "`?");
}

}  // namespace

Result<std::size_t> find_subcommand(std::string_view command, std::span<const SubcommandRow> rows,
                                    const ParsedOptions& parsed) {
  const std::string& given = parsed.positionals.front();
  const auto row = std::find_if(rows.begin(), rows.end(),
                                [&](const SubcommandRow& known) { return known.name == given; });
  if (row == rows.end()) return Failure(unknown_subcommand(command, rows, given));
  const Counts wanted = arguments_of(*row);
  const std::size_t count = parsed.positionals.size() - 1;
  if (count >= wanted.least && count <= wanted.most)
    return static_cast<std::size_t>(row - rows.begin());
  const std::string name = std::string(command) + " " + given;
  return Failure(usage_error(
      count < wanted.least ? "`" + name + "` needs " + std::string(row->arguments) + "."
                           : "Unexpected argument \"" + parsed.positionals[wanted.most + 1] +
                                 "\" after `" + name + "`.",
      "Usage: dockerhub " + std::string(command) + " " + with_arguments(*row)));
}

Result<void> refuse_dry_run(const GlobalOptions& options, const std::string& command) {
  if (!options.dry_run) return {};
  return Failure(usage_error("`" + command + "` has no --dry-run: it would have to be done.",
                             "Leave the option out; nothing was done."));
}

std::string subcommands_help(std::string_view command, std::span<const SubcommandRow> rows) {
  std::string help =
      "Usage: dockerhub [options] " + std::string(command) + " <command>\n\nCommands:\n";
  std::size_t width = kNameWidth;
  for (const SubcommandRow& row : rows) width = std::max(width, with_arguments(row).size() + 2);
  for (const SubcommandRow& row : rows) {
    std::string name = with_arguments(row);
    name.resize(width, ' ');
    help.append("  ").append(name).append(row.help).append("\n");
  }
  return help;
}

json::Value text_value(const std::string& text, json::Document& document) {
  return {text.c_str(), static_cast<rapidjson::SizeType>(text.size()), document.GetAllocator()};
}

void put(json::Value& object, json::Document& document, const char* key, const std::string& text) {
  object.AddMember(rapidjson::StringRef(key), text_value(text, document), document.GetAllocator());
}

void print(const Output& output, const json::Value& data, std::vector<std::string> columns) {
  Answer answer;
  answer.columns = std::move(columns);
  ResultPrinter printer(answer, output.format, output.out, output.messages, output.view);
  printer.print(data);
  if (printer.problem()) output.messages.error(printer.problem()->message);
}

}  // namespace dockerhub::cli
