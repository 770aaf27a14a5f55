#include "telemetry/log.hpp"

#include <spdlog/logger.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <algorithm>
#include <array>
#include <filesystem>

#include "base/json.hpp"
#include "base/private_file.hpp"
#include "config/configuration_impl.hpp"

namespace dockerhub {
namespace {

constexpr std::array<std::string_view, 8> kLevels = {"debug", "info",     "notice", "warning",
                                                     "error", "critical", "alert",  "emergency"};

// A person at a terminal knows the time; whoever collects lines needs it in each.
std::string pattern(bool json, bool at_terminal) {
  if (json) return R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ",%v})";
  return at_terminal ? "%v" : "%Y-%m-%dT%H:%M:%S.%eZ %v";
}

std::shared_ptr<spdlog::sinks::sink> file_sink(const Configuration& configuration) {
  const std::string file = configuration.text("log.file");
  spdlog::file_event_handlers handlers;
  // Each new file is made ours before it is written; one that is somebody else's is refused.
  handlers.before_open = [](const std::string& path) {
    const auto opened = PrivateFile(std::filesystem::absolute(path), 1).open_to_append();
    if (!opened) throw spdlog::spdlog_ex(opened.error().message);
  };
  return std::make_shared<spdlog::sinks::rotating_file_sink_mt>(
      file, static_cast<std::size_t>(configuration.number("log.max_size")),
      static_cast<std::size_t>(configuration.number("log.max_files")), false, handlers);
}

Error no_log_file(const std::string& file, const std::string& cause) {
  Error error;
  error.kind = ErrorKind::configuration;
  error.message = "log.file cannot be written: " + file + ": " + cause;
  error.hint = "Name a file in a folder of yours, with mode 0600, or leave log.file out.";
  return error;
}

std::shared_ptr<spdlog::sinks::sink> make_sink(const Configuration& configuration,
                                               std::optional<Error>& problem) {
  const std::string file = configuration.text("log.file");
  try {
    if (!file.empty()) return file_sink(configuration);
  } catch (const std::exception& thrown) {
    problem = no_log_file(file, thrown.what());
  }
  return std::make_shared<spdlog::sinks::stderr_sink_mt>();
}

}  // namespace

// Where lines go, and in which form.
class Log::Output {
 public:
  Output(const Configuration& configuration, Sink sink, std::optional<Error>& problem)
      : sink_(std::move(sink)),
        json_(configuration.text("log.format") == "json"),
        in_file_(configuration.has("log.file")),
        logger_(sink_ ? spdlog::logger("dockerhub")
                      : spdlog::logger("dockerhub", make_sink(configuration, problem))) {
    const bool at_terminal =
        !in_file_ && configuration.impl().program == ConfigurationSources::Program::command_line;
    logger_.set_level(spdlog::level::trace);
    // A line that waits in memory is lost with the process.
    logger_.flush_on(spdlog::level::trace);
    logger_.set_formatter(std::make_unique<spdlog::pattern_formatter>(
        pattern(json_, at_terminal), spdlog::pattern_time_type::utc));
  }

  void write(LogLevel level, std::string_view text, std::string_view request_id) const {
    if (sink_) {
      sink_(level, visible(text) + suffix(request_id));
    } else if (json_) {
      line(R"("level":)" + json::quote(log_level_name(level)) + R"(,"message":)" +
           json::quote(visible(text, true)) +
           (request_id.empty() ? "" : R"(,"request_id":)" + json::quote(request_id)));
    } else {
      line(std::string(log_level_name(level)) + ": " + visible(text) + suffix(request_id));
    }
  }

 private:
  static std::string suffix(std::string_view request_id) {
    return request_id.empty() ? std::string() : " [" + visible(request_id) + "]";
  }

  // The level of RFC 5424 is in the line: spdlog has fewer.
  void line(const std::string& text) const {
    logger_.log(spdlog::level::info, spdlog::string_view_t(text.data(), text.size()));
  }

  Sink sink_;
  bool json_, in_file_;
  mutable spdlog::logger logger_;
};

Log::Log(const Configuration& configuration, const Redactor& redactor, Sink sink)
    : level_(log_level(configuration.text("log.level")).value_or(LogLevel::warning)),
      redactor_(redactor),
      output_(std::make_unique<const Output>(configuration, std::move(sink), problem_)) {}

Log::~Log() = default;

void Log::write(LogLevel level, std::string_view text, std::string_view request_id) const noexcept {
  if (!wants(level)) return;
  try {
    output_->write(level, redactor_.text(text), request_id);
  } catch (...) {
    // A sink of somebody else's; a call must not fail because its log line did.
    return;
  }
}

std::string_view log_level_name(LogLevel level) {
  const auto index = static_cast<std::size_t>(level);
  return index < kLevels.size() ? kLevels[index] : "emergency";
}

std::optional<LogLevel> log_level(std::string_view name) {
  const auto found = std::find(kLevels.begin(), kLevels.end(), name);
  if (found == kLevels.end()) return std::nullopt;
  return static_cast<LogLevel>(found - kLevels.begin());
}

}  // namespace dockerhub
