// The kernel's own log: lines for the operator, on standard error or to the embedding program.
// Every line is redacted, and what would act on a terminal is made visible. Any thread; a line is
// written whole.
#pragma once

#include <functional>
#include <memory>
#include <string_view>

#include "dockerhub/kernel.hpp"
#include "redaction/redactor.hpp"

namespace dockerhub {

class Log {
 public:
  using Sink = std::function<void(LogLevel, std::string_view)>;

  // Reads log.level and log.format. With a sink nothing goes to standard error. The redactor has to
  // live as long as the log; a sink may be called from several threads at once.
  Log(const Configuration& configuration, const Redactor& redactor, Sink sink);
  ~Log();
  Log(const Log&) = delete;
  Log& operator=(const Log&) = delete;

  // One line, unless its level is below log.level. Never throws.
  void write(LogLevel level, std::string_view text) const noexcept;

 private:
  class Output;

  LogLevel level_;
  const Redactor& redactor_;
  std::unique_ptr<const Output> output_;
};

// "debug", "info"... and back; nullopt for a text that is none of them.
std::string_view log_level_name(LogLevel level);
std::optional<LogLevel> log_level(std::string_view name);

}  // namespace dockerhub
