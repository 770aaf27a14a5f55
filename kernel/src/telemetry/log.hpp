// The kernel's own log: lines for the operator, on standard error, in a file that is exchanged when it is
// full, or to the embedding program. Every line is redacted, and what would act on a terminal is made visible. Any thread; a line is
// written whole.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string_view>

#include "dockerhub/kernel.hpp"
#include "redaction/redactor.hpp"

namespace dockerhub {

class Log {
 public:
  using Sink = std::function<void(LogLevel, std::string_view)>;

  // Reads the settings log.*. With a sink nothing goes to standard error or a file. The redactor has to
  // live as long as the log; a sink may be called from several threads at once.
  Log(const Configuration& configuration, const Redactor& redactor, Sink sink);
  ~Log();
  Log(const Log&) = delete;
  Log& operator=(const Log&) = delete;

  // Why log.file cannot be written (then lines go to standard error), or nothing.
  const std::optional<Error>& problem() const { return problem_; }

  // Whether lines of that level are written.
  bool wants(LogLevel level) const { return level >= level_; }

  // One line, unless its level is below log.level. request_id: of the call that it is about, the same as
  // in its answer or error; empty: of none. Never throws.
  void write(LogLevel level, std::string_view text,
             std::string_view request_id = {}) const noexcept;

 private:
  class Output;

  LogLevel level_;
  const Redactor& redactor_;
  std::optional<Error> problem_;
  std::unique_ptr<const Output> output_;
};

// "debug", "info"... and back; nullopt for a text that is none of them.
std::string_view log_level_name(LogLevel level);
std::optional<LogLevel> log_level(std::string_view name);

}  // namespace dockerhub
