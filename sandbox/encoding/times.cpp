#include "encoding/times.hpp"

#include <Poco/DateTimeFormat.h>
#include <Poco/DateTimeFormatter.h>
#include <Poco/Timestamp.h>

#include <chrono>
#include <ctime>

#include "base/time_text.hpp"

namespace dockerhub::sandbox {

UnixTime now() {
  return std::time(nullptr);
}

std::string rfc3339(UnixTime time) {
  return Poco::DateTimeFormatter::format(Poco::Timestamp::fromEpochTime(time),
                                         Poco::DateTimeFormat::ISO8601_FORMAT);
}

std::optional<UnixTime> from_rfc3339(std::string_view text) {
  const auto time = parse_rfc3339(text);
  if (!time) return std::nullopt;
  return std::chrono::system_clock::to_time_t(*time);
}

std::string http_date(UnixTime time) {
  return Poco::DateTimeFormatter::format(Poco::Timestamp::fromEpochTime(time),
                                         Poco::DateTimeFormat::HTTP_FORMAT);
}

}  // namespace dockerhub::sandbox
