#include "encoding/times.hpp"

#include <Poco/DateTimeFormat.h>
#include <Poco/DateTimeFormatter.h>
#include <Poco/Timestamp.h>

#include <cstddef>
#include <ctime>

namespace dockerhub::sandbox {
namespace {

// The digits at that place as a number; -1 where they are none.
int digits(std::string_view text, std::size_t place, std::size_t count) {
  int number = 0;
  for (std::size_t i = place; i < place + count; ++i) {
    if (i >= text.size() || text[i] < '0' || text[i] > '9') return -1;
    number = number * 10 + (text[i] - '0');
  }
  return number;
}

bool has_at(std::string_view text, std::size_t place, std::string_view letters) {
  return place < text.size() && letters.find(text[place]) != std::string_view::npos;
}

// "Z" or "+01:30" as seconds to take away.
std::optional<UnixTime> offset_of(std::string_view text) {
  if (text == "Z" || text == "z") return 0;
  constexpr std::size_t size = 6;
  const int hours = digits(text, 1, 2), minutes = digits(text, 4, 2);
  if (text.size() != size || !has_at(text, 0, "+-") || !has_at(text, 3, ":") || hours < 0 ||
      hours > 23 || minutes < 0 || minutes > 59)
    return std::nullopt;
  return (text[0] == '-' ? -1 : 1) * (hours * 3600 + minutes * 60);
}

}  // namespace

UnixTime now() {
  return std::time(nullptr);
}

std::string rfc3339(UnixTime time) {
  return Poco::DateTimeFormatter::format(Poco::Timestamp::fromEpochTime(time),
                                         Poco::DateTimeFormat::ISO8601_FORMAT);
}

std::optional<UnixTime> from_rfc3339(std::string_view text) {
  constexpr std::size_t date = 10, end = 19;
  const bool shaped = has_at(text, 4, "-") && has_at(text, 7, "-") && has_at(text, date, "Tt ") &&
                      has_at(text, 13, ":") && has_at(text, 16, ":");
  std::tm parts{};
  parts.tm_year = digits(text, 0, 4) - 1900;
  parts.tm_mon = digits(text, 5, 2) - 1;
  parts.tm_mday = digits(text, 8, 2);
  parts.tm_hour = digits(text, 11, 2);
  parts.tm_min = digits(text, 14, 2);
  parts.tm_sec = digits(text, 17, 2);
  if (!shaped || parts.tm_year < 0 || parts.tm_mon < 0 || parts.tm_mon > 11 || parts.tm_mday < 1 ||
      parts.tm_mday > 31 || parts.tm_hour < 0 || parts.tm_hour > 23 || parts.tm_min < 0 ||
      parts.tm_min > 59 || parts.tm_sec < 0 || parts.tm_sec > 60)
    return std::nullopt;
  std::string_view rest = text.substr(end);
  if (rest.starts_with('.')) {
    const std::size_t last = rest.find_first_not_of("0123456789", 1);
    if (last == 1 || last == std::string_view::npos) return std::nullopt;
    rest.remove_prefix(last);
  }
  const std::optional<UnixTime> offset = offset_of(rest);
  const int day = parts.tm_mday;
  const UnixTime time = timegm(&parts);
  if (!offset || parts.tm_mday != day) return std::nullopt;  // no 31st of February
  return time - *offset;
}

std::string http_date(UnixTime time) {
  return Poco::DateTimeFormatter::format(Poco::Timestamp::fromEpochTime(time),
                                         Poco::DateTimeFormat::HTTP_FORMAT);
}

}  // namespace dockerhub::sandbox
