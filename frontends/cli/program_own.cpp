// Commands over actions: requests of the user's own, lists that are watched, shortcuts, and programs on the PATH.
#include <unistd.h>

#include <ctime>

#include "alias_command.hpp"
#include "alias_file.hpp"
#include "api_command.hpp"
#include "command_words.hpp"
#include "commands.hpp"
#include "exit_codes.hpp"
#include "lookup.hpp"
#include "path_programs.hpp"
#include "program.hpp"

namespace dockerhub::cli {

namespace {

std::vector<std::string> joined_words(std::vector<std::string> words,
                                      const std::vector<std::string>& more) {
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

// Whoever asks for help or a rehearsal wants nothing done; a program gets only what stands behind its name.
Error not_handed_on(const std::string& name, bool help) {
  const std::string option = help ? "--help" : "--dry-run";
  return usage_error(
      "`" + name + "` is a program of its own, which " + option + " before it does not reach.",
      "If it knows the option, write `dockerhub " + name + " " + option + "`.");
}

Error nested_shortcut(const std::string& name) {
  return usage_error("The shortcut `" + name + "` stands in another shortcut.",
                     "Write the command itself: `dockerhub alias list` shows it.");
}

// The command among the words, or module and action: what help is about. Their options are left out.
std::vector<std::string> names_among(const std::vector<std::string>& words) {
  const auto behind_options = [](const std::vector<std::string>& given) {
    return parse_options(global_options_beside(nullptr), given, Until::first_positional)
        .positionals;
  };
  std::vector<std::string> names = behind_options(words);
  if (names.empty()) return names;
  const std::vector<std::string> more = behind_options({names.begin() + 1, names.end()});
  names.resize(1);
  if (!more.empty()) names.push_back(more.front());
  return names;
}

std::string seconds_text(std::chrono::milliseconds time) {
  return std::to_string(std::chrono::ceil<std::chrono::seconds>(time).count()) + " s";
}

}  // namespace

// What is kept from one look to the next.
struct WatchState {
  ResultPrinter printer;
  SeenItems seen;
  LookCost cost = {};
  unsigned failures = 0;  // in a row
  bool shows = false;     // what is new
  bool has_shown = false;
};

namespace {

// What was not seen before goes out; of the first look it may be kept in mind only.
void show_new(const json::Value& envelope, const Answer& answer, WatchState& state) {
  const json::Value* data = json::find(envelope, "data");
  const json::Value* items = data == nullptr ? nullptr : items_in(*data, answer.items_key);
  if (items != nullptr) {
    for (const auto& item : items->GetArray()) {
      if (!state.seen.is_new(item) || !state.shows) continue;
      state.has_shown = true;
      if (!state.printer.item(json::write(item))) break;
    }
  }
  state.printer.flush();
  state.shows = true;
}

}  // namespace

Result<int> Program::api(const Arguments& arguments) {
  const Result<ParsedOptions> parsed = builtin(arguments, api_options());
  if (!parsed) return Failure(parsed.error());
  if (options_.help || parsed->positionals.empty()) return text(api_help());
  if (const auto fits = check_api_options(options_); !fits) return Failure(fits.error());
  if (!options_.output && !options_.members) options_.output = "data";
  if (const Result<void> opened = open({}); !opened) return Failure(opened.error());
  if (const auto ready = prepare_view(); !ready) return Failure(ready.error());
  insist_on_unverified_servers();
  const Result<RawRequest> raw = raw_request(*parsed, session_.kernel(), source_);
  if (!raw) return Failure(raw.error());
  CallRequest request = new_request();
  const auto* paginate = parsed->find("paginate");
  if (paginate != nullptr && paginate->back() != "false") request.options.all_pages = true;
  const Answer answer = answer_of(*raw);
  ResultPrinter printer(answer, format(), out_, messages_, view());
  messages_.begin_call();
  const CallResult result = session_.kernel().send(*raw, request, caller(printer));
  if (const auto code = failure_code(result, printer)) return *code;
  printer.finish(result);
  if (printer.problem()) return fail(*printer.problem(), {});
  return ended(exit_code(result.outcome));
}

Result<int> Program::watch(const Arguments& arguments) {
  std::vector<OptionRow> rows = global_options_beside(nullptr);
  for (OptionRow& row : watch_option_rows()) rows.push_back(std::move(row));
  const ParsedOptions parsed = parse_options(rows, arguments, Until::first_positional);
  if (const Result<void> taken = take(parsed, nullptr); !taken) return Failure(taken.error());
  const Arguments& rest = parsed.positionals;
  if (options_.help || rest.empty()) return text(watch_help());
  const Result<WatchOptions> options = watch_options(parsed);
  if (!options) return Failure(options.error());
  if (is_builtin(rest.front())) return Failure(not_watchable(rest.front()));
  watch_ = *options;
  return command(rest.front(), {rest.begin() + 1, rest.end()});
}

int Program::watch_list(const CallRequest& request, const Action& action) {
  if (const auto good = check_watchable(action); !good) return fail(good.error(), {});
  out_.page_with({});
  WatchState state{ResultPrinter(action.answer, format(), out_, messages_, view()),
                   SeenItems(action.answer.item_identity)};
  if (!state.printer.streams() || options_.sort)
    return fail(usage_error("`watch` shows rows as they come.",
                            "Use -o table, wide, csv or ndjson, and leave --sort out."),
                {});
  if (options_.out || options_.to)
    return fail(usage_error("`watch` hands nothing over.", "Leave --out and --to out."), {});
  state.shows = watch_->initial;
  for (std::uint64_t looks = 1;; ++looks) {
    int code = kExitOk;
    const auto pause = look(request, action, state, code);
    if (!pause || looks == watch_->looks) return code;
    // Without an event to wait for, a pipe tells alone that its reader is gone.
    const auto until = std::chrono::steady_clock::now() + *pause;
    const auto waited = interruption_.wait_until(STDOUT_FILENO, 0, until);
    if (waited == Interruption::Waited::interrupted)
      return kSignalExitBase + interruption_.signal();
    if (waited == Interruption::Waited::ready) return ended(kExitOk);
  }
}

std::optional<std::chrono::milliseconds> Program::look(const CallRequest& request,
                                                       const Action& action, WatchState& state,
                                                       int& code) {
  Caller looking = caller(state.printer);
  looking.item = nullptr;
  looking.progress = nullptr;
  const CallResult result = session_.kernel().call(request, looking);
  if (result.error) return look_failed(result, state, code);
  state.failures = 0;
  const auto envelope = json::parse(result.envelope);
  if (envelope) show_new(*envelope, action.answer, state);
  code = state.printer.problem() ? fail(*state.printer.problem(), {}) : ended(kExitOk);
  const bool is_over = state.printer.problem() || out_.state() != OutputStream::State::open ||
                       (watch_->once && state.has_shown);
  if (is_over) return std::nullopt;
  const json::Value* limits = envelope ? json::find(*envelope, "rate_limit") : nullptr;
  return pause_between(watch_->every, limits, std::time(nullptr), state.cost.of_look(limits));
}

std::optional<std::chrono::milliseconds> Program::look_failed(const CallResult& result,
                                                              WatchState& state, int& code) {
  const bool is_ended = interruption_.signal() != 0;
  const auto pause =
      is_ended ? std::nullopt : pause_after(*result.error, watch_->every, ++state.failures);
  if (!pause) {
    code = fail(*result.error, result.envelope);
    return std::nullopt;
  }
  code = exit_code(*result.error);
  messages_.warning(result.error->message + "; the next look is in " + seconds_text(*pause) + ".");
  return pause;
}

Result<int> Program::alias(const Arguments& arguments) {
  const ParsedOptions parsed =
      parse_options(global_options_beside(nullptr), arguments, Until::first_positional);
  if (const Result<void> taken = take(parsed, nullptr); !taken) return Failure(taken.error());
  if (options_.help || parsed.positionals.empty()) return text(alias_help());
  const Result<Arguments> words = alias_words(parsed.positionals);
  if (!words) return Failure(words.error());
  if (options_.help) return text(alias_help());
  if (const Result<void> opened = open({}); !opened) return Failure(opened.error());
  if (const auto ready = prepare_view(); !ready) return Failure(ready.error());
  return alias_command(session_.kernel(), options_, *words, output());
}

// Of `set` what stands behind NAME is the command, with options of its own.
Result<Program::Arguments> Program::alias_words(const Arguments& given) {
  if (given.front() != "set")
    return builtin(given, {}).map([](const ParsedOptions& all) { return all.positionals; });
  const Arguments behind(given.begin() + 1, given.end());
  const ParsedOptions parsed =
      parse_options(global_options_beside(nullptr), behind, Until::first_positional);
  if (const Result<void> taken = take(parsed, nullptr); !taken) return Failure(taken.error());
  const Arguments& words = parsed.positionals;
  // No command is help alone: whoever writes it wants to read.
  if (words.size() == 2 && (words[1] == "--help" || words[1] == "-h")) options_.help = true;
  return joined_words({given.front()}, words);
}

Result<Program::Owner> Program::owner_of(const std::string& name, bool is_alias) const {
  const Kernel& kernel = session_.kernel();
  const auto catalogue = kernel.catalogue();
  const auto short_form = find_short_form(*catalogue, kernel, name);
  if (!short_form) return Failure(short_form.error());
  if (*short_form) return Owner::short_form;
  if (names_tool(*catalogue, name)) return Owner::module;
  const bool is_program = !is_alias && !watch_ && find_path_program(dashed(name));
  // A module that is there and cannot be called has its name all the same.
  if ((!is_alias && !is_program) || names_module(kernel, name)) return Owner::module;
  return is_alias ? Owner::alias : Owner::program;
}

Result<int> Program::help_of_shortcut(const std::string& name, const Arguments& words,
                                      bool in_shortcut) {
  if (in_shortcut) return Failure(nested_shortcut(name));
  out_.write("`" + dashed(name) + "` stands for: dockerhub " + visible(shell_text(words)) + "\n\n");
  return help_on(names_among(words), false, true);
}

Result<int> Program::expand(const std::string& name, const std::vector<std::string>& words,
                            const Arguments& arguments) {
  if (is_expanded_) return Failure(nested_shortcut(name));
  is_expanded_ = true;
  chooses_account_ = false;
  return start(joined_words(words, arguments));
}

Result<int> Program::path_program(const std::string& name, const Arguments& arguments) {
  const auto file = find_path_program(dashed(name));
  if (!file) return module(name, arguments);
  if (options_.help || options_.dry_run) return Failure(not_handed_on(dashed(name), options_.help));
  if (session_.preliminary()) {
    // Takes the secrets out of the environment.
    if (const auto opened = session_.open(options_, false); !opened) return Failure(opened.error());
  }
  const std::vector<std::string> environment = environment_without_secrets(session_.kernel());
  return Failure(
      become_program(*file, joined_words({"dockerhub-" + dashed(name)}, arguments), environment));
}

}  // namespace dockerhub::cli
