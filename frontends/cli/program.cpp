#include "program.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>

#include "account_choice.hpp"
#include "alias_file.hpp"
#include "consent.hpp"
#include "dockerhub/logins.hpp"
#include "errors.hpp"
#include "exit_codes.hpp"
#include "help.hpp"
#include "input_form.hpp"
#include "joined_names.hpp"
#include "parameters.hpp"
#include "shown_once.hpp"
#include "two_words.hpp"
#include "version_text.hpp"

namespace dockerhub::cli {

namespace {

std::vector<std::string> after_first(const std::vector<std::string>& arguments) {
  return {arguments.begin() + 1, arguments.end()};
}

// As OpenTelemetry hands a trace on to the programs that a program starts.
TraceContext trace_of_environment() {
  const auto variable = [](const char* name) {
    const char* value = std::getenv(name);
    return std::string(value == nullptr ? "" : value);
  };
  return {variable("TRACEPARENT"), variable("TRACESTATE")};
}

Messages::ProgressForm progress_form(std::string_view name) {
  if (name == "json") return Messages::ProgressForm::json;
  return name == "none" ? Messages::ProgressForm::none : Messages::ProgressForm::lines;
}

bool log_shows_warnings(const Configuration& configuration) {
  constexpr std::array<std::string_view, 4> kLevels = {"debug", "info", "notice", "warning"};
  return configuration.text("log.file").empty() &&
         std::find(kLevels.begin(), kLevels.end(), configuration.text("log.level")) !=
             kLevels.end();
}

bool finds_nothing(const CallResult& result) {
  const auto envelope = json::parse(result.envelope);
  const json::Value* exists = envelope ? json::find(*envelope, "exists") : nullptr;
  return exists != nullptr && exists->IsFalse();
}

// What a dry run answers may be rows as those of the action, or what would be sent.
bool has_rows(const CallResult& result, const Answer& answer) {
  const auto envelope = json::parse(result.envelope);
  const json::Value* data = envelope ? json::find(*envelope, "data") : nullptr;
  return data != nullptr && data->IsObject() && json::find(*data, answer.items_key) != nullptr;
}

}  // namespace

Program::Program()
    : out_(STDOUT_FILENO, interruption_),
      prompter_(interruption_, messages_),
      source_(interruption_) {
  messages_.wait_for(out_);
}

int Program::run(const std::vector<std::string>& arguments) {
  out_.page_with(pager_command());
  const Result<int> code = start(arguments);
  return code ? ended(*code) : fail(code.error(), {});
}

Result<int> Program::start(const Arguments& arguments) {
  struct Builtin {
    std::string_view name;
    Result<int> (Program::*command)(const Arguments&);
  };
  static constexpr std::array<Builtin, 17> kBuiltins{
      {{"help", &Program::help},
       {"plugin", &Program::plugin},
       {"config", &Program::config},
       {"doctor", &Program::doctor},
       {"mcp", &Program::mcp},
       {"trail", &Program::trail},
       {"batch", &Program::batch},
       {"login", &Program::login},
       {"logout", &Program::logout},
       {"auth-status", &Program::auth_status},
       {"account", &Program::account},
       {"credential-helper", &Program::credential_helper},
       {"api", &Program::api},
       {"watch", &Program::watch},
       {"alias", &Program::alias},
       {"completion", &Program::completion},
       {"complete", &Program::complete}}};
  const ParsedOptions parsed =
      parse_options(global_options_beside(nullptr), arguments, Until::first_positional);
  if (const Result<void> taken = take(parsed, nullptr); !taken) return Failure(taken.error());
  if (options_.version) return text(version_text());
  const Arguments& rest = parsed.positionals;
  if (rest.empty()) return help({});
  // The thread that takes signals is a tenth of the time that help needs, and help has nothing to undo: at most it
  // leaves a draft in the cache behind.
  if (rest.front() != "help") interruption_.begin();
  for (const auto& [name, command] : kBuiltins) {
    if (rest.front() != name) continue;
    // Of a shortcut that is watched; `watch` itself says what it thinks of its words.
    if (watch_ && name != "watch") return Failure(not_watchable(name));
    return (this->*command)(after_first(rest));
  }
  return command(rest.front(), after_first(rest));
}

CallRequest Program::new_request() const {
  CallRequest request;
  request.trace = trace_of_environment();
  request.options = call_options();
  return request;
}

CallOptions Program::call_options() const {
  CallOptions options;
  options.dry_run = options_.dry_run;
  options.all_pages = options_.all_pages;
  if (options_.max_items) options.max_items = positive_number(*options_.max_items);
  options.fields = column_names(options_.fields.value_or(""));
  return options;
}

Result<int> Program::command(const std::string& name, const Arguments& arguments) {
  chooses_account_ = chooses_by_namespace(options_);
  const Result<Aliases> aliases = read_aliases(alias_path());
  const std::vector<std::string>* words = aliases ? find_alias(*aliases, name) : nullptr;
  Arguments later = arguments;
  if (words != nullptr) later.insert(later.end(), words->begin(), words->end());
  // A shortcut may stand for a command that reads secrets from the environment itself.
  const bool is_preliminary = words != nullptr;
  if (const Result<void> opened = open(later, is_preliminary); !opened)
    return Failure(opened.error());
  const Result<Owner> owner = owner_of(name, words != nullptr);
  if (!owner) return Failure(owner.error());
  switch (*owner) {
    case Owner::short_form:
      return action(name, {}, arguments);
    case Owner::alias:
      return expand(name, *words, arguments);
    case Owner::program:
      // What cannot be read may be what was meant.
      if (!aliases) return Failure(aliases.error());
      return path_program(name, arguments);
    case Owner::module:
      break;
  }
  if (!aliases && !names_tool(*session_.kernel().catalogue(), name))
    return Failure(aliases.error());
  return module(name, arguments);
}

Result<int> Program::module(const std::string& name, const Arguments& arguments) {
  const ParsedOptions parsed =
      parse_options(global_options_beside(nullptr), arguments, Until::first_positional);
  if (const Result<void> taken = take(parsed, nullptr); !taken) return Failure(taken.error());
  const Arguments& rest = parsed.positionals;
  if (rest.empty() || options_.help) {
    Arguments names = rest;
    names.insert(names.begin(), name);
    return help(names);
  }
  const Arguments later = after_first(rest);
  if (session_.preliminary()) {
    const Result<void> opened = session_.open(options_, may_configure(later) || chooses_account_);
    if (!opened) return Failure(opened.error());
  }
  const std::string short_form =
      two_word_form(*session_.kernel().catalogue(), session_.kernel(), name, rest.front());
  return short_form.empty() ? action(name, rest.front(), later) : action(short_form, {}, later);
}

Result<ShortCommand> Program::find(const Catalogue& catalogue, const std::string& name,
                                   const std::string& action_name) const {
  if (action_name.empty()) {
    const auto short_form = find_short_form(catalogue, session_.kernel(), name);
    if (!short_form) return Failure(short_form.error());
    if (*short_form) return **short_form;
  }
  const auto tool = find_tool(catalogue, session_.kernel(), name);
  if (!tool) return Failure(tool.error());
  return find_action(**tool, action_name).map([&](const Action* action) {
    return ShortCommand{*tool, *action};
  });
}

Result<int> Program::action(const std::string& name, const std::string& action_name,
                            const Arguments& arguments) {
  // A second round when the options after the action change the configuration and so the catalogue.
  while (true) {
    auto catalogue = session_.kernel().catalogue();
    const std::string meant =
        action_name.empty() ? short_form_meant(*catalogue, name, arguments) : name;
    const Result<ShortCommand> found = find(*catalogue, meant, action_name);
    if (!found) return Failure(found.error());
    const Action& row = found->action;
    ParsedOptions parsed = parse_options(options_of(row), arguments, Until::end);
    parsed.positionals = names_apart(row, parsed.positionals);
    const Result<void> taken = take(parsed, &row);
    if (options_.help) return text(action_help(*found->tool, row));
    if (!taken) return Failure(taken.error());
    if (!session_.preliminary()) return call(*found->tool, row, parsed);
    if (chooses_account_) choose_account(row, parsed);
    catalogue.reset();  // its kernel ends now
    if (const Result<void> opened = session_.open(options_, false); !opened) {
      return Failure(opened.error());
    }
  }
}

void Program::choose_account(const Action& action, const ParsedOptions& parsed) {
  if (options_.as) return;
  const std::string account =
      account_of_namespace(session_.kernel().configuration(), namespace_of(action, parsed));
  if (!account.empty()) options_.as = account;
}

// The log tells it too, unless it was told to keep still; this has to be seen each time.
void Program::insist_on_unverified_servers() {
  const Configuration& configuration = session_.kernel().configuration();
  if (configuration.flag("tls.verify") || log_shows_warnings(configuration)) return;
  messages_.line("Warning: TLS certificates are NOT verified (tls.verify, " +
                 configuration.origin("tls.verify") + "): anybody on the way can read passwords.");
}

Result<int> Program::call(const Tool& tool, const Action& action, const ParsedOptions& parsed) {
  // Each new item comes by itself.
  if (watch_ && options_.has_program() && !options_.output) options_.output = "ndjson";
  if (const auto ready = prepare_view(); !ready) return Failure(ready.error());
  if (options_.members && options_.members->empty()) return list_members(action);
  insist_on_unverified_servers();
  const Result<std::string> params =
      parameters_json(action, parsed, options_, source_, prompter_)
          .and_then([&](const std::string& given) { return stores_.take(action, given); });
  if (!params) return Failure(params.error());
  CallRequest request = new_request();
  request.tool = tool.name;
  request.action = action.name;
  request.params = *params;
  return watch_ ? watch_list(request, action) : perform(request, action);
}

int Program::perform(const CallRequest& request, const Action& action) {
  // A pager may keep what it showed, in its history or a file; and a signal takes away what waits for one.
  const bool is_work =
      !request.options.dry_run && effect_of_call(action, request.params) != Effect::read;
  if (!action.answer.shown_once.empty() || is_work) out_.page_with({});
  HandOver hand_over(interruption_);
  if (const auto ready = hand_over.prepare(options_, action); !ready)
    return fail(ready.error(), {});
  ResultPrinter printer(action.answer, format(), out_, messages_, view());
  if (is_work) printer.show_at_once();
  messages_.begin_call();
  Caller calling = caller(printer);
  // What is shown once is looked for in what is printed, at the end.
  if (!action.answer.shown_once.empty()) calling.item = nullptr;
  CallResult result = session_.kernel().call(request, calling);
  if (const auto code = failure_code(result, printer)) return *code;
  const bool is_plan = request.options.dry_run;
  if (!is_plan && !action.answer.shown_once.empty() && !result.error)
    return show_once(action, result, hand_over, printer);
  if (is_plan && !has_rows(result, action.answer)) {
    const Answer plan;  // no row of the action's table
    ResultPrinter(plan, format(), out_, messages_, view()).finish_plan(result);
  } else {
    printer.finish(result);
  }
  if (printer.problem()) return fail(*printer.problem(), {});
  if (options_.exit_status && finds_nothing(result)) return ended(kExitNotFound);
  return ended(exit_code(result.outcome));
}

// A call that was told that nobody reads on may call itself cancelled; what else fails then has failed all the same.
bool Program::is_end_of_reading(const Error& error) const {
  return out_.state() == OutputStream::State::reader_gone && error.kind == ErrorKind::cancelled &&
         interruption_.signal() == 0;
}

std::optional<int> Program::failure_code(const CallResult& result, ResultPrinter& printer) {
  messages_.clear_progress();
  if (printer.problem()) return fail(*printer.problem(), {});
  if (!result.error || is_end_of_reading(*result.error)) return std::nullopt;
  printer.flush();  // what was done before the failure
  return fail(*result.error, result.envelope);
}

int Program::show_once(const Action& action, CallResult& result, HandOver& hand_over,
                       ResultPrinter& printer) {
  const ShownOnce taken = take_shown_once(action.answer.shown_once, result.envelope);
  Result<std::string> told = std::string();
  if (hand_over.wanted()) {
    result.envelope = taken.envelope;
    told = hand_over.deliver(taken.values);
  }
  UnseenValues unseen(hand_over.wanted() ? std::string_view() : taken.values);
  out_.tell([&unseen](std::string_view text) { unseen.look_into(text); });
  printer.finish(result);
  out_.tell(nullptr);
  if (!told) {
    const int code = fail(told.error(), {});
    return interruption_.signal() != 0 ? code : static_cast<int>(kExitPartial);
  }
  if (!told->empty()) messages_.note(*told);
  const bool is_through = out_.state() == OutputStream::State::open && !printer.problem();
  const bool is_unread = !hand_over.wanted() && !is_through && !taken.values.empty();
  if (is_unread || !unseen.empty())
    messages_.line(std::string("What is shown this once was not ") +
                   (is_unread ? "read. " : "in the output. ") + HandOver::rescue(taken.values));
  if (printer.problem()) return fail(*printer.problem(), {});
  return ended(exit_code(result.outcome));
}

Caller Program::caller(ResultPrinter& printer) {
  Caller caller;
  caller.principal = "command line";
  caller.elicitation = caller.elicitation_url = prompter_.available();
  caller.stop = interruption_.token();
  caller.approve = [this](const Question& question) {
    Question placed = question;
    if (const std::string places = stores_.places(); !places.empty())
      placed.text += " (" + places + ")";
    return consent(placed, options_.yes, prompter_, messages_);
  };
  if (prompter_.available()) {
    caller.answer = [this](const Question& question) -> Result<std::string> {
      return fill_form(question.request, prompter_, messages_);
    };
  }
  caller.progress = [this](const Progress& progress) { messages_.progress(progress); };
  caller.store = [this](std::string_view parameter, std::string_view value, bool writable) {
    return stores_.open(parameter, value, writable);
  };
  const bool hands_over = options_.out || options_.to;
  if (printer.streams() && !options_.dry_run && !hands_over) {
    caller.item = [&printer](std::string_view item) -> Result<void> {
      if (printer.item(item)) return {};
      Error error;
      error.kind = ErrorKind::cancelled;
      error.message = "Nobody reads the output any more.";
      return Failure(std::move(error));
    };
  }
  if (options_.verbose) {
    caller.log_level = LogLevel::debug;
    caller.log = [this](LogLevel, std::string_view logger, std::string_view line) {
      messages_.line(std::string(logger) + ": " + std::string(line));
    };
  }
  return caller;
}

Result<void> Program::take(const ParsedOptions& parsed, const Action* action) {
  Result<void> taken = take_global_options(parsed, action, options_);
  messages_.be_quiet(options_.quiet);
  messages_.show_progress(progress_form(options_.progress.value_or("")));
  choose_colours();
  // The log belongs between the lines of the answer.
  if (options_.verbose) out_.page_with({});
  if (!taken) return taken;
  if (parsed.error) return Failure(*parsed.error);
  return {};
}

Result<void> Program::open(const Arguments& later, bool is_preliminary) {
  if (session_.opened() && !session_.preliminary()) return {};
  return session_.open(options_, is_preliminary || may_configure(later) || chooses_account_);
}

void Program::choose_colours() {
  const ColourMode mode = colour_mode(options_.color.value_or("")).value_or(ColourMode::automatic);
  out_.use_colour(wants_colour(mode, out_.terminal()));
  messages_.use_colour(wants_colour(mode, messages_.terminal()));
}

Result<void> Program::prepare_view() {
  if (auto fits = check_view(options_, format()); !fits) return fits;
  if (!options_.has_program() || answer_program_ != nullptr) return {};
  auto program = options_.jq ? compile_jq(*options_.jq) : compile_template(*options_.template_text);
  if (!program) return Failure(std::move(program.error()));
  answer_program_ = std::move(*program);
  return {};
}

RowView Program::view() const {
  RowView view;
  view.columns = column_names(options_.members.value_or(options_.columns.value_or("")));
  view.sort = options_.sort.value_or("");
  view.program = answer_program_;
  return view;
}

int Program::list_members(const Action& action) {
  if (action.answer.columns.empty())
    messages_.note("The action does not tell its members: look at an answer with -o data.");
  std::string names;
  for (const std::string& column : action.answer.columns) names += visible(column) + "\n";
  return text(names);
}

OutputFormat Program::format() const {
  if (options_.members) return OutputFormat::members;
  // Alone they are about the data and about each item, whatever form the configuration prefers.
  if (options_.jq && !options_.output) return OutputFormat::data;
  if (options_.template_text && !options_.output) return OutputFormat::ndjson;
  const std::string name =
      options_.output
          ? *options_.output
          : (session_.opened() ? session_.kernel().configuration().text("output.format") : "");
  return output_format(name).value_or(OutputFormat::table);
}

int Program::text(std::string_view text) {
  out_.write(text);
  return kExitOk;
}

int Program::fail(const Error& error, const std::string& envelope) {
  out_.finish();
  messages_.release();
  constexpr std::array<OutputFormat, 3> kForPeople{OutputFormat::table, OutputFormat::wide,
                                                   OutputFormat::csv};
  if (std::find(kForPeople.begin(), kForPeople.end(), format()) != kForPeople.end()) {
    print_error(messages_, error);
  } else {
    messages_.line(envelope.empty() ? error_json(error) : envelope);
  }
  const int signal = interruption_.signal();
  return signal != 0 ? kSignalExitBase + signal : static_cast<int>(exit_code(error));
}

int Program::ended(int code) {
  out_.finish();
  messages_.release();
  switch (out_.state()) {
    case OutputStream::State::interrupted:
      return kSignalExitBase + interruption_.signal();
    case OutputStream::State::failed:
      messages_.error("cannot write to standard output: " + out_.failure());
      return kExitFailure;
    // Whoever read enough of it did not take back how the call ended.
    case OutputStream::State::reader_gone:
    case OutputStream::State::open:
      break;
  }
  return code;
}

}  // namespace dockerhub::cli
