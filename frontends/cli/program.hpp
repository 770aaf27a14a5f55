// One run of the command line, from arguments to exit code: global options, built-in commands, or
// an action of the catalogue. One thread.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "builtin.hpp"
#include "global_options.hpp"
#include "hand_over.hpp"
#include "interruption.hpp"
#include "kernel_session.hpp"
#include "login_command.hpp"
#include "lookup.hpp"
#include "messages.hpp"
#include "output_stream.hpp"
#include "prompter.hpp"
#include "result_printer.hpp"
#include "stores.hpp"
#include "text_source.hpp"
#include "watch_command.hpp"

namespace dockerhub::cli {

struct WatchState;

class Program {
 public:
  Program();

  int run(const std::vector<std::string>& arguments);

 private:
  using Arguments = std::vector<std::string>;

  // Each gives the exit code.
  Result<int> start(const Arguments& arguments);
  Result<int> help(const Arguments& arguments);
  // `names`: a command, or a module and its action, or nothing. `as_page`: a module as a page of Markdown.
  // `in_shortcut`: a shortcut stands for them, and so they are no shortcut.
  Result<int> help_on(const Arguments& names, bool as_page, bool in_shortcut);
  Result<int> help_of_shortcut(const std::string& name, const Arguments& words, bool in_shortcut);
  Result<int> plugin(const Arguments& arguments);
  Result<int> config(const Arguments& arguments);
  Result<int> doctor(const Arguments& arguments);
  Result<int> mcp(const Arguments& arguments);
  Result<int> trail(const Arguments& arguments);
  Result<int> batch(const Arguments& arguments);
  Result<int> login(const Arguments& arguments);
  Result<int> logout(const Arguments& arguments);
  Result<int> auth_status(const Arguments& arguments);
  Result<int> account(const Arguments& arguments);
  Result<int> credential_helper(const Arguments& arguments);
  LoginSession login_session();
  Result<int> api(const Arguments& arguments);
  Result<int> watch(const Arguments& arguments);
  Result<int> alias(const Arguments& arguments);
  // The words of the subcommand without its options, which are taken.
  Result<Arguments> alias_words(const Arguments& given);
  Result<int> completion(const Arguments& arguments);
  // For the scripts of `completion`; never fails, since nobody could read why.
  Result<int> complete(const Arguments& arguments);
  // A module, the short form of an action, a shortcut of the user's, or a program on the PATH.
  Result<int> command(const std::string& name, const Arguments& arguments);
  Result<int> module(const std::string& name, const Arguments& arguments);
  // Whose name it is; `module` also where it is nobody's. An error: several actions'.
  enum class Owner { module, short_form, alias, program };
  Result<Owner> owner_of(const std::string& name, bool is_alias) const;
  Result<int> expand(const std::string& name, const std::vector<std::string>& words,
                     const Arguments& arguments);
  Result<int> path_program(const std::string& name, const Arguments& arguments);
  // `action_name`: empty where `name` is a short form.
  Result<int> action(const std::string& name, const std::string& action_name,
                     const Arguments& arguments);
  Result<ShortCommand> find(const Catalogue& catalogue, const std::string& name,
                            const std::string& action_name) const;
  Result<int> call(const Tool& tool, const Action& action, const ParsedOptions& parsed);
  void insist_on_unverified_servers();
  int perform(const CallRequest& request, const Action& action);
  // The exit code of a call that failed, after telling why; nullopt: it did not.
  std::optional<int> failure_code(const CallResult& result, ResultPrinter& printer);
  bool is_end_of_reading(const Error& error) const;
  // Looks at the list until somebody ends it.
  int watch_list(const CallRequest& request, const Action& action);
  // How long to wait for the next look; nullopt: there is none, and `code` says how it ended.
  std::optional<std::chrono::milliseconds> look(const CallRequest& request, const Action& action,
                                                WatchState& state, int& code);
  std::optional<std::chrono::milliseconds> look_failed(const CallResult& result, WatchState& state,
                                                       int& code);
  // The end of a call whose answer has values that are shown once: they go where the user wants them.
  int show_once(const Action& action, CallResult& result, HandOver& hand_over,
                ResultPrinter& printer);

  // Options and positionals of a built-in command that has these options of its own.
  Result<ParsedOptions> builtin(const Arguments& arguments, std::vector<OptionRow> own);
  // The same of a command that opens no kernel, with --jq or --template.
  Result<ParsedOptions> viewed_builtin(const Arguments& arguments, std::vector<OptionRow> own);
  // open() and --jq or --template; an expression must not see what the kernel takes out of the environment.
  Result<void> open_for_view();
  // Takes the global options of this part of the command line.
  CallOptions call_options() const;
  CallRequest new_request() const;
  Result<void> take(const ParsedOptions& parsed, const Action* action);
  // The stored account of the namespace that the call is about, where the configuration says one.
  void choose_account(const Action& action, const ParsedOptions& parsed);
  // Opens the kernel if it is not open; preliminary when later arguments may have a say in its
  // configuration.
  Result<void> open(const Arguments& later, bool is_preliminary = false);
  Caller caller(ResultPrinter& printer);
  OutputFormat format() const;
  // The members that --json can name, without a call.
  int list_members(const Action& action);
  RowView view() const;
  // Options of the view that do not go together, and --jq or --template. An expression knows the environment
  // of this moment: where a kernel is opened it comes after that.
  Result<void> prepare_view();
  void choose_colours();
  Output output() { return {format(), out_, messages_, view()}; }
  int text(std::string_view text);
  int fail(const Error& error, const std::string& envelope);
  // The exit code when the run ended otherwise than by an error.
  int ended(int code);

  GlobalOptions options_;
  std::shared_ptr<AnswerProgram> answer_program_;  // of --jq or --template
  std::optional<WatchOptions> watch_;              // of `watch`
  bool is_expanded_ = false;                       // a shortcut stood for this command
  Interruption interruption_;
  OutputStream out_;
  Messages messages_;
  Prompter prompter_;
  TextSource source_;
  Stores stores_;
  bool chooses_account_ = false;  // with what stands after the action
  KernelSession session_;
};

}  // namespace dockerhub::cli
