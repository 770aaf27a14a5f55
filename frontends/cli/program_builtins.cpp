// The commands that are built in.
#include <array>
#include <optional>

#include "alias_command.hpp"
#include "alias_file.hpp"
#include "api_command.hpp"
#include "batch.hpp"
#include "completion.hpp"
#include "config_command.hpp"
#include "doctor_command.hpp"
#include "exit_codes.hpp"
#include "help.hpp"
#include "helper_command.hpp"
#include "login_command.hpp"
#include "lookup.hpp"
#include "mcp_command.hpp"
#include "name_lookup.hpp"
#include "name_question.hpp"
#include "plugin_command.hpp"
#include "program.hpp"
#include "reference_page.hpp"
#include "trail_command.hpp"
#include "two_words.hpp"

namespace dockerhub::cli {

namespace {

// What the program says without looking at modules.
std::optional<std::string> page_named(std::string_view name) {
  struct Page {
    std::string_view name;
    std::string (*text)();
  };
  static constexpr std::array<Page, 17> kPages{{{"help", help_of_help},
                                                {"exit-codes", exit_codes_text},
                                                {"plugin", plugin_help},
                                                {"config", config_help},
                                                {"doctor", doctor_help},
                                                {"mcp", mcp_help},
                                                {"trail", trail_help},
                                                {"batch", batch_help},
                                                {"login", login_help},
                                                {"logout", logout_help},
                                                {"auth-status", auth_status_help},
                                                {"account", account_help},
                                                {"credential-helper", helper_help},
                                                {"api", api_help},
                                                {"watch", watch_help},
                                                {"alias", alias_help},
                                                {"completion", completion_help}}};
  for (const Page& page : kPages) {
    if (page.name == name) return page.text();
  }
  return std::nullopt;
}

}  // namespace

Result<int> Program::help(const Arguments& arguments) {
  const Result<ParsedOptions> parsed = builtin(arguments, help_options());
  if (!parsed) return Failure(parsed.error());
  return help_on(parsed->positionals, parsed->find("markdown") != nullptr, false);
}

Result<int> Program::help_on(const Arguments& names, bool as_page, bool in_shortcut) {
  const std::string name = names.empty() ? std::string() : names.front();
  if (const auto page = page_named(name)) return text(*page);
  if (const Result<void> opened = open({}); !opened) return Failure(opened.error());
  const auto catalogue = session_.kernel().catalogue();
  if (names.empty()) return text(program_help(*catalogue));
  const auto aliases = read_aliases(alias_path());
  const Arguments* words = aliases ? find_alias(*aliases, name) : nullptr;
  const Result<Owner> owner = owner_of(name, words != nullptr);
  if (!owner) return Failure(owner.error());
  if (*owner == Owner::alias) return help_of_shortcut(name, *words, in_shortcut);
  const bool is_known = *owner == Owner::short_form || names_tool(*catalogue, name);
  // What cannot be read may be what was meant.
  if (!aliases && !is_known) return Failure(aliases.error());
  if (*owner == Owner::program) return text(help_of_program(name));
  const std::string of_two = names.size() > 1
                                 ? two_word_form(*catalogue, session_.kernel(), names[0], names[1])
                                 : std::string();
  const auto short_form =
      find_short_form(*catalogue, session_.kernel(), of_two.empty() ? name : of_two);
  if (!short_form) return Failure(short_form.error());
  if (*short_form) return text(action_help(*(*short_form)->tool, (*short_form)->action));
  const auto tool = find_tool(*catalogue, session_.kernel(), name);
  if (!tool) return Failure(tool.error());
  if (as_page) return text(reference_page(**tool));
  if (names.size() == 1) return text(tool_help(**tool));
  const auto action = find_action(**tool, names[1]);
  if (!action) return Failure(action.error());
  return text(action_help(**tool, **action));
}

Result<ParsedOptions> Program::builtin(const Arguments& arguments, std::vector<OptionRow> own) {
  std::vector<OptionRow> rows = global_options_beside(nullptr);
  for (OptionRow& row : own) rows.push_back(std::move(row));
  ParsedOptions parsed = parse_options(rows, arguments, Until::end);
  if (const Result<void> taken = take(parsed, nullptr); !taken) return Failure(taken.error());
  const bool names_none = options_.members && column_names(*options_.members).empty();
  if (names_none && !options_.help)
    return Failure(usage_error("--json: this command does not tell the members of its answer.",
                               "Name them, like --json name, or look at the answer with -o data."));
  return parsed;
}

Result<ParsedOptions> Program::viewed_builtin(const Arguments& arguments,
                                              std::vector<OptionRow> own) {
  Result<ParsedOptions> parsed = builtin(arguments, std::move(own));
  if (!parsed || !options_.has_program()) return parsed;
  if (const Result<void> ready = prepare_view(); !ready) return Failure(ready.error());
  return parsed;
}

Result<void> Program::open_for_view() {
  if (Result<void> opened = open({}); !opened || !options_.has_program()) return opened;
  return prepare_view();
}

Result<int> Program::plugin(const Arguments& arguments) {
  const Result<ParsedOptions> parsed = builtin(arguments, plugin_options());
  if (!parsed) return Failure(parsed.error());
  if (options_.help || parsed->positionals.empty()) return text(plugin_help());
  if (const Result<void> opened = open_for_view(); !opened) return Failure(opened.error());
  return plugin_command(session_.kernel(), options_, *parsed, output());
}

Result<int> Program::config(const Arguments& arguments) {
  const Result<ParsedOptions> parsed = viewed_builtin(arguments, config_options());
  if (!parsed) return Failure(parsed.error());
  if (options_.help || parsed->positionals.empty()) return text(config_help());
  return config_command(options_, *parsed, output(), source_, prompter_);
}

Result<int> Program::doctor(const Arguments& arguments) {
  const Result<ParsedOptions> parsed = builtin(arguments, doctor_options());
  if (!parsed) return Failure(parsed.error());
  if (options_.help) return text(doctor_help());
  if (!parsed->positionals.empty()) {
    return Failure(
        usage_error("Unexpected argument \"" + parsed->positionals.front() + "\" after `doctor`.",
                    "Usage: dockerhub doctor [--offline]"));
  }
  Result<Kernel*> kernel = nullptr;
  if (const Result<void> opened = open({}); !opened) {
    kernel = Failure(opened.error());
  } else {
    kernel = &session_.kernel();
  }
  if (options_.has_program()) {
    if (const Result<void> ready = prepare_view(); !ready) return Failure(ready.error());
  }
  const Result<int> code = doctor_command(kernel, *parsed, output(), interruption_);
  const int signal = interruption_.signal();
  return signal != 0 ? Result<int>(kSignalExitBase + signal) : code;
}

Result<int> Program::mcp(const Arguments& arguments) {
  const Result<ParsedOptions> parsed = viewed_builtin(arguments, mcp_options());
  if (!parsed) return Failure(parsed.error());
  if (options_.help || parsed->positionals.empty()) return text(mcp_help());
  out_.page_with({});  // nobody knows what a server that is tried answers
  return mcp_command(*parsed, options_, source_, output(), interruption_);
}

Result<int> Program::trail(const Arguments& arguments) {
  const Result<ParsedOptions> parsed = builtin(arguments, {});
  if (!parsed) return Failure(parsed.error());
  if (options_.help || parsed->positionals.empty()) return text(trail_help());
  if (const Result<void> opened = open_for_view(); !opened) return Failure(opened.error());
  return trail_command(session_.kernel(), *parsed, output(), interruption_);
}

Result<int> Program::batch(const Arguments& arguments) {
  constexpr std::uint64_t kMostParallel = 16;
  const Result<ParsedOptions> parsed = builtin(arguments, {batch_parallel_option()});
  if (!parsed) return Failure(parsed.error());
  if (options_.help || parsed->positionals.empty()) return text(batch_help());
  if (parsed->positionals.size() > 1)
    return Failure(usage_error("`batch` takes one file.", "Usage: dockerhub batch FILE|-"));
  if (const auto fits = check_batch_options(options_); !fits) return Failure(fits.error());
  BatchOptions options;
  options.yes = options_.yes;
  options.call = call_options();
  if (const auto* given = parsed->find("parallel")) {
    const auto number = positive_number(given->back());
    if (!number || *number > kMostParallel)
      return Failure(usage_error("--parallel: a number from 1 to 16 is needed.", "Leave it out."));
    options.parallel = *number;
  }
  const std::string& file = parsed->positionals.front();
  const auto lines = source_.read(file == "-" ? file : "@" + file, "batch");
  if (!lines) return Failure(lines.error());
  if (const Result<void> opened = open({}); !opened) return Failure(opened.error());
  insist_on_unverified_servers();
  out_.page_with({});  // answers that are shown once may be among them
  const BatchEnd end = run_batch(session_.kernel(), lines->text, options, out_, interruption_);
  if (!end.unread.empty())
    messages_.line("Answers that are shown once were not read. " + HandOver::rescue(end.unread));
  return exit_code(end);
}

LoginSession Program::login_session() {
  return {options_, output(), source_, prompter_, interruption_};
}

Result<int> Program::login(const Arguments& arguments) {
  const Result<ParsedOptions> parsed = viewed_builtin(arguments, login_options());
  if (!parsed) return Failure(parsed.error());
  return options_.help ? text(login_help()) : login_command(login_session(), *parsed);
}

Result<int> Program::logout(const Arguments& arguments) {
  const Result<ParsedOptions> parsed = viewed_builtin(arguments, logout_options());
  if (!parsed) return Failure(parsed.error());
  return options_.help ? text(logout_help()) : logout_command(login_session(), *parsed);
}

Result<int> Program::auth_status(const Arguments& arguments) {
  const Result<ParsedOptions> parsed = viewed_builtin(arguments, {});
  if (!parsed) return Failure(parsed.error());
  return options_.help ? text(auth_status_help()) : auth_status_command(login_session(), *parsed);
}

Result<int> Program::account(const Arguments& arguments) {
  const Result<ParsedOptions> parsed = viewed_builtin(arguments, login_options());
  if (!parsed) return Failure(parsed.error());
  if (options_.help || parsed->positionals.empty()) return text(account_help());
  return account_command(login_session(), *parsed);
}

Result<int> Program::credential_helper(const Arguments& arguments) {
  const Result<ParsedOptions> parsed = viewed_builtin(arguments, {});
  if (!parsed) return Failure(parsed.error());
  if (options_.help || parsed->positionals.empty()) return text(helper_help());
  out_.page_with({});  // what it gives is a secret
  return helper_command(login_session(), *parsed);
}

Result<int> Program::completion(const Arguments& arguments) {
  const Result<ParsedOptions> parsed = builtin(arguments, {});
  if (!parsed) return Failure(parsed.error());
  if (options_.help || parsed->positionals.size() != 1) return text(completion_help());
  return completion_script(parsed->positionals.front()).map([this](const std::string& script) {
    return text(script);
  });
}

Result<int> Program::complete(const Arguments& arguments) {
  const bool has_mark = !arguments.empty() && arguments.front() == "--";
  Arguments words(arguments.begin() + (has_mark ? 1 : 0), arguments.end());
  options_.quiet = true;
  // The environment keeps what a kernel needs that is asked for names.
  if (!session_.open(options_, true)) return static_cast<int>(kExitOk);
  const auto catalogue = session_.kernel().catalogue();
  words = as_one_word(*catalogue, session_.kernel(), std::move(words));
  std::vector<Candidate> candidates = complete_with_two_words(*catalogue, session_.kernel(), words);
  const auto aliases = read_aliases(alias_path());
  if (words.size() == 1 && aliases) add_aliases(candidates, *aliases, words.front());
  if (const auto question = name_question(*catalogue, words)) {
    for (std::string& name : names_for(*question, options_, interruption_.token()))
      candidates.push_back({std::move(name), {}});
  }
  return text(candidates_text(candidates));
}

}  // namespace dockerhub::cli
