// Standard error: everything that is not the result. Lines are made safe (control characters
// visible) before they are written; progress is taken off the screen first. One thread.
#pragma once

#include <string_view>

#include "progress_line.hpp"

namespace dockerhub::cli {

class Messages {
 public:
  Messages();

  // Neither notes nor warnings nor progress; errors and questions stay.
  void be_quiet(bool quiet) { quiet_ = quiet; }
  bool quiet() const { return quiet_; }
  bool terminal() const { return terminal_; }

  void line(std::string_view text);      // always
  void question(std::string_view text);  // always, without a line end
  void warning(std::string_view text);   // "Warning: ..."
  void note(std::string_view text);

  void progress(const Progress& progress);
  // Takes the progress lines off the screen, before something else is written there.
  void clear_progress();

 private:
  bool terminal_;
  bool quiet_ = false;
  ProgressLines progress_;
};

}  // namespace dockerhub::cli
