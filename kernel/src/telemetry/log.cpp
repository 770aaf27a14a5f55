#include "telemetry/log.hpp"

#include <spdlog/logger.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <algorithm>
#include <array>

#include "base/json.hpp"
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

}  // namespace

// Where lines go, and in which form.
class Log::Output {
 public:
  Output(const Configuration& configuration, Sink sink)
      : sink_(std::move(sink)),
        json_(configuration.text("log.format") == "json"),
        logger_("dockerhub", std::make_shared<spdlog::sinks::stderr_sink_mt>()) {
    const bool at_terminal =
        configuration.impl().program == ConfigurationSources::Program::command_line;
    logger_.set_level(spdlog::level::trace);
    logger_.set_formatter(std::make_unique<spdlog::pattern_formatter>(
        pattern(json_, at_terminal), spdlog::pattern_time_type::utc));
  }

  void write(LogLevel level, std::string_view text) const {
    if (sink_) {
      sink_(level, visible(text));
    } else if (json_) {
      line(R"("level":)" + json::quote(log_level_name(level)) + R"(,"message":)" +
           json::quote(visible(text, true)));
    } else {
      line(std::string(log_level_name(level)) + ": " + visible(text));
    }
  }

 private:
  // The level of RFC 5424 is in the line: spdlog has fewer.
  void line(const std::string& text) const {
    logger_.log(spdlog::level::info, spdlog::string_view_t(text.data(), text.size()));
  }

  Sink sink_;
  bool json_;
  mutable spdlog::logger logger_;
};

Log::Log(const Configuration& configuration, const Redactor& redactor, Sink sink)
    : level_(log_level(configuration.text("log.level")).value_or(LogLevel::warning)),
      redactor_(redactor),
      output_(std::make_unique<const Output>(configuration, std::move(sink))) {}

Log::~Log() = default;

void Log::write(LogLevel level, std::string_view text) const noexcept {
  if (level < level_) return;
  try {
    output_->write(level, redactor_.text(text));
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
