// Lines typed on the terminal. Available only when standard input and standard error both are one.
// One thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "interruption.hpp"
#include "messages.hpp"

namespace dockerhub::cli {

class Prompter {
 public:
  Prompter(const Interruption& interruption, Messages& messages);

  bool available() const { return available_; }

  // The line without its end; nullopt at Ctrl-D or a signal.
  std::optional<std::string> line(std::string_view question);

  // As line(), and what is typed is not shown.
  std::optional<std::string> secret(std::string_view question);

 private:
  std::optional<std::string> read_line();
  // Without leaving copies.
  void append_pending(std::string_view typed);
  void forget_pending();

  const Interruption& interruption_;
  Messages& messages_;
  bool available_;
  std::string pending_;  // typed ahead
};

}  // namespace dockerhub::cli
