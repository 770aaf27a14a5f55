// What an answer shows once, on its way to where the user wants it in place of the terminal: a new file
// (--out FILE) or the standard input of a program (--to COMMAND). No module and no log sees either. What
// cannot be handed over is kept in a private file, and the error says where. One thread; for one call.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "descriptor.hpp"
#include "dockerhub/kernel.hpp"
#include "global_options.hpp"
#include "interruption.hpp"

namespace dockerhub::cli {

class HandOver {
 public:
  explicit HandOver(const Interruption& interruption) : interruption_(interruption) {}
  // Takes the file away again when nothing was written into it.
  ~HandOver();
  HandOver(const HandOver&) = delete;
  HandOver& operator=(const HandOver&) = delete;

  // Before the call, so that what cannot work is refused before anything is sent: makes the file and finds
  // the program. Of a dry run neither.
  Result<void> prepare(const GlobalOptions& options, const Action& action);

  // One of the two options was given.
  bool wanted() const { return wanted_; }

  // After the call. Gives what is to be told: where the values are now. An error says what to do.
  Result<std::string> deliver(std::string_view values);

  // What is to be done about values that went nowhere: they are kept, or why they could not be.
  static std::string rescue(std::string_view values);

 private:
  Result<void> write_file(std::string_view values);
  Failure undelivered(Error error, std::string_view values) const;

  const Interruption& interruption_;
  bool wanted_ = false;
  std::string names_;  // of the values, for messages
  std::filesystem::path path_;
  std::optional<Descriptor> file_;  // as long as it is empty
  bool is_written_ = false;
  std::string command_, program_;
  std::vector<std::string> words_;
};

}  // namespace dockerhub::cli
