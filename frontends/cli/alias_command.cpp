#include "alias_command.hpp"

#include <algorithm>
#include <array>

#include "alias_file.hpp"
#include "command_words.hpp"
#include "commands.hpp"
#include "exit_codes.hpp"
#include "lookup.hpp"
#include "path_programs.hpp"

namespace dockerhub::cli {

namespace {

struct AliasSession {
  const Kernel& kernel;
  const GlobalOptions& options;
  const std::vector<std::string>& words;
  const Output& output;
};

// Who has the name already; empty: nobody.
Result<std::string> owner_of(const Kernel& kernel, const std::string& name) {
  if (is_builtin(name)) return std::string("a command of this program");
  if (is_reserved_program(name)) return std::string("reserved for this program");
  const auto catalogue = kernel.catalogue();
  for (const Tool& tool : catalogue->tools) {
    if (shown_name(tool.name) == name || dashed(tool.name) == name) return std::string("a module");
  }
  const auto short_form = find_short_form(*catalogue, kernel, name);
  if (!short_form) return Failure(short_form.error());
  return std::string(*short_form ? "the short form of an action" : "");
}

Result<void> check_alias_name(const Kernel& kernel, const std::string& name) {
  if (!is_command_name(name))
    return Failure(usage_error("\"" + visible(name) + "\" cannot be the name of a command.",
                               "Use small letters, digits and dashes."));
  const Result<std::string> owner = owner_of(kernel, name);
  if (!owner) return Failure(owner.error());
  if (owner->empty()) return {};
  return Failure(usage_error("`" + name + "` is " + *owner + ".", "Choose another name."));
}

// One text is taken apart as a shell does it; several words are the command as they are.
Result<std::vector<std::string>> command_of_alias(const AliasSession& session) {
  const std::vector<std::string> words(session.words.begin() + 2, session.words.end());
  for (const std::string& word : words) {
    if (session.kernel.redact(word) != word)
      return Failure(usage_error("The command holds a secret, which would lie in a file.",
                                 "Leave it out; give it as @FILE where the command is used."));
  }
  if (words.size() > 1) return words;
  return command_words(words.front(), "alias set");
}

Result<int> set_alias(const AliasSession& session) {
  if (auto real = refuse_dry_run(session.options, "alias set"); !real) return Failure(real.error());
  const std::string name = dashed(session.words[1]);
  if (const auto good = check_alias_name(session.kernel, name); !good) return Failure(good.error());
  auto words = command_of_alias(session);
  if (!words) return Failure(words.error());
  auto aliases = read_aliases(alias_path());
  if (!aliases) return Failure(aliases.error());
  const bool is_changed = !aliases->insert_or_assign(name, std::move(*words)).second;
  if (const auto written = write_aliases(alias_path(), *aliases); !written)
    return Failure(written.error());
  session.output.messages.note(is_changed ? "Changed `" + name + "`." : "Added `" + name + "`.");
  return kExitOk;
}

Result<int> list_aliases(const AliasSession& session) {
  const auto aliases = read_aliases(alias_path());
  if (!aliases) return Failure(aliases.error());
  json::Document rows(rapidjson::kArrayType);
  for (const auto& [name, words] : *aliases) {
    json::Value row(rapidjson::kObjectType);
    put(row, rows, "name", name);
    put(row, rows, "command", shell_text(words));
    rows.PushBack(row, rows.GetAllocator());
  }
  print(session.output, rows, {"name", "command"});
  return kExitOk;
}

Result<int> delete_alias(const AliasSession& session) {
  if (auto real = refuse_dry_run(session.options, "alias delete"); !real)
    return Failure(real.error());
  auto aliases = read_aliases(alias_path());
  if (!aliases) return Failure(aliases.error());
  const std::string name = dashed(session.words[1]);
  if (aliases->erase(name) == 0) {
    std::vector<std::string> names;
    for (const auto& [known, words] : *aliases) names.push_back(known);
    const std::string meant = likely(name, names);
    Error error = usage_error("There is no shortcut `" + visible(name) + "`.",
                              meant.empty() ? "`dockerhub alias list` shows those that there are."
                                            : "Did you mean `" + meant + "`?");
    error.status_code = 404;
    return Failure(std::move(error));
  }
  if (const auto written = write_aliases(alias_path(), *aliases); !written)
    return Failure(written.error());
  return kExitOk;
}

constexpr std::array<SubcommandRow, 3> kAliasSubcommands{{
    {"set", "NAME COMMAND...", "make `dockerhub NAME` stand for this command"},
    {"list", "", "the shortcuts that there are"},
    {"delete", "NAME", "forget one"},
}};
constexpr std::array<Result<int> (*)(const AliasSession&), 3> kAliasFunctions{
    set_alias, list_aliases, delete_alias};

}  // namespace

std::string alias_help() {
  return subcommands_help("alias", kAliasSubcommands) +
         "\nThe command may be one text or several words; what stands behind NAME later is added "
         "to "
         "it. Options of\n"
         "`alias set` stand before NAME. Names of commands, modules and short forms are taken.\n\n"
         "Examples:\n"
         "  dockerhub alias set mine repos list acme --sort last_updated:desc\n"
         "  dockerhub alias set big 'repos list-tags --sort full_size:desc --limit 10'\n"
         "  dockerhub big acme app\n";
}

Result<int> alias_command(const Kernel& kernel, const GlobalOptions& options,
                          const std::vector<std::string>& words, const Output& output) {
  ParsedOptions parsed;
  parsed.positionals = words;
  const Result<std::size_t> row = find_subcommand("alias", kAliasSubcommands, parsed);
  if (!row) return Failure(row.error());
  return kAliasFunctions[*row]({kernel, options, words, output});
}

}  // namespace dockerhub::cli
