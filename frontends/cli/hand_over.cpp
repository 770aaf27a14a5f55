#include "hand_over.hpp"

#include <unistd.h>

#include <utility>

#include "command_words.hpp"
#include "dockerhub/private_file.hpp"
#include "option_parser.hpp"
#include "piped_program.hpp"

namespace dockerhub::cli {

namespace {

Failure nothing_shown_once(const Action& action, const char* option) {
  return Failure(usage_error(
      std::string(option) + ": `" + dashed(action.name) + "` answers nothing that is shown once.",
      "Leave " + std::string(option) + " out; the answer goes to standard output."));
}

}  // namespace

HandOver::~HandOver() {
  if (file_ && !is_written_) ::unlink(path_.c_str());
}

Result<void> HandOver::prepare(const GlobalOptions& options, const Action& action) {
  wanted_ = options.out || options.to;
  if (!wanted_) return {};
  if (action.answer.shown_once.empty())
    return nothing_shown_once(action, options.out ? "--out" : "--to");
  if (options.out && (options.out->empty() || *options.out == "-"))
    return Failure(usage_error("--out: a file is needed.", "Write --out FILE, or --to COMMAND."));
  names_ = joined(action.answer.shown_once);
  if (options.to) {
    command_ = *options.to;
    Result<std::vector<std::string>> words = command_words(command_, "--to");
    if (!words) return Failure(words.error());
    words_ = std::move(*words);
    Result<std::string> program = find_program(words_.front());
    if (!program) return Failure(program.error());
    program_ = std::move(*program);
  }
  if (!options.out || options.dry_run) return {};
  path_ = *options.out;
  const Result<int> made = create_private_file(path_);
  if (!made) return Failure(made.error());
  file_.emplace(*made);
  return {};
}

Result<std::string> HandOver::deliver(std::string_view values) {
  if (values.empty()) {
    Error error;
    error.message = "The answer holds no value of " + names_ + ": nothing was handed over.";
    error.hint = "Look at the answer, which says what became of the call.";
    return Failure(std::move(error));
  }
  std::string told;
  if (file_) {
    if (const auto written = write_file(values); !written)
      return undelivered(written.error(), values);
    told = "Written to " + path_.string() + ", for you alone: " + names_ + ".";
  }
  if (words_.empty()) return told;
  if (const auto run = run_program(program_, words_, values, interruption_); !run)
    return undelivered(run.error(), values);
  return told + (told.empty() ? "" : " ") + "Given to `" + words_.front() + "`: " + names_ + ".";
}

Result<void> HandOver::write_file(std::string_view values) {
  const auto written = write_private_file(file_->get(), path_, values);
  is_written_ = written.has_value();
  return written;
}

Failure HandOver::undelivered(Error error, std::string_view values) const {
  error.kind = ErrorKind::api;
  error.message += " (" + names_ + " was not handed over)";
  if (is_written_) {
    error.hint = "It is in " + path_.string() + ": hand it over from there, like " + command_ +
                 " < " + path_.string();
  } else {
    error.hint = rescue(values);
  }
  return Failure(std::move(error));
}

std::string HandOver::rescue(std::string_view values) {
  const Result<std::filesystem::path> kept = rescue_into_private_file("shown-once", values);
  if (kept) {
    return "It is kept in " + kept->string() +
           " (mode 0600): take it from there, then delete the file.";
  }
  return "It could not be kept either (" + kept.error().message +
         "), so nobody knows it: delete what was made and make it anew.";
}

}  // namespace dockerhub::cli
