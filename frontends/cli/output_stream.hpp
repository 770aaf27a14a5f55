// Standard output, written at once (nothing is buffered here). A reader that went away is no error:
// the state says it, and the program ends quietly. One thread.
#pragma once

#include <string>
#include <string_view>

#include "interruption.hpp"

namespace dockerhub::cli {

class OutputStream {
 public:
  enum class State { open, reader_gone, failed, interrupted };

  OutputStream(int descriptor, const Interruption& interruption);

  // False when not everything was written; state() tells why, and later writes do nothing.
  bool write(std::string_view text);

  State state() const { return state_; }
  // What failed, in the system's words, in state failed.
  const std::string& failure() const { return failure_; }
  bool terminal() const { return terminal_; }

 private:
  int descriptor_;
  const Interruption& interruption_;
  bool terminal_;
  State state_ = State::open;
  std::string failure_;
};

}  // namespace dockerhub::cli
