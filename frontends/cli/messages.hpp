// Standard error: everything that is not the result. Lines are made safe (control characters
// visible) before they are written; progress is taken off the screen first. Lines that would disturb a result on
// the same screen wait until it is through. One thread, but for the clock of `begin_call`, which is its own.
#pragma once

#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>

#include "colour.hpp"
#include "output_stream.hpp"
#include "progress_line.hpp"

namespace dockerhub::cli {

class Messages {
 public:
  Messages();

  // Neither notes nor warnings nor progress; errors and questions stay.
  void be_quiet(bool quiet) { quiet_ = quiet; }
  bool quiet() const { return quiet_; }
  bool terminal() const { return terminal_; }
  // Whether "Error" and "Warning" have a colour.
  void use_colour(bool on) { colour_ = on; }
  // While this stream holds something, which lives longer, lines wait; release() writes them.
  void wait_for(const OutputStream& stream) { stream_ = &stream; }
  void release();

  void line(std::string_view text);      // always
  void question(std::string_view text);  // always, without a line end
  void warning(std::string_view text);   // "Warning: ..."
  void error(std::string_view text);     // always; "Error: ..."
  void note(std::string_view text);

  enum class ProgressForm { lines, json, none };  // lines: on a terminal
  void show_progress(ProgressForm form) { form_ = form; }
  // From now on, until clear_progress() or a question, a line on a terminal says how long it takes, where nothing else
  // tells of progress.
  void begin_call();
  void progress(const Progress& progress);
  // Takes the progress lines off the screen, before something else is written there.
  void clear_progress();

 private:
  void tick(const std::stop_token& stop);
  void end_ticks();
  void erase_progress();
  bool draws() const { return !quiet_ && terminal_ && form_ == ProgressForm::lines; }
  void titled(std::string_view title, Ink ink, std::string_view text);
  void write_line(const std::string& text);
  bool is_disturbing() const { return terminal_ && stream_ != nullptr && stream_->holds(); }

  bool terminal_;
  bool colour_ = false;
  const OutputStream* stream_ = nullptr;
  std::string waiting_;
  bool quiet_ = false;
  ProgressForm form_ = ProgressForm::lines;
  ProgressReports reports_;
  std::mutex mutex_;  // the lines on the screen, and what is written around them
  ProgressLines progress_;
  std::condition_variable_any changed_;
  std::jthread clock_;  // ends before all that it uses
};

}  // namespace dockerhub::cli
