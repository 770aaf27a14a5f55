#include "times.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <ctime>

namespace dockerhub::hub {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

int two_digits(std::string_view text) {
  constexpr int kTen = 10;
  return (text[0] - '0') * kTen + (text[1] - '0');
}

// "", "Z" or "+hh:mm", as seconds.
std::optional<UnixTime> offset_of(std::string_view zone) {
  constexpr std::size_t kSize = 6;
  constexpr UnixTime kMinute = 60;
  constexpr UnixTime kHour = 60 * kMinute;
  if (zone.empty() || zone == "Z" || zone == "z") return 0;
  const bool is_offset = zone.size() == kSize && (zone[0] == '+' || zone[0] == '-') &&
                         zone[3] == ':' && is_digit(zone[1]) && is_digit(zone[2]) &&
                         is_digit(zone[4]) && is_digit(zone[5]);
  if (!is_offset) return std::nullopt;
  const UnixTime size = two_digits(zone.substr(1)) * kHour + two_digits(zone.substr(4)) * kMinute;
  return zone[0] == '-' ? -size : size;
}

std::string_view without_fraction(std::string_view rest) {
  if (rest.empty() || rest.front() != '.') return rest;
  std::size_t at = 1;
  while (at < rest.size() && is_digit(rest[at])) ++at;
  return rest.substr(at);
}

}  // namespace

UnixTime unix_now() {
  return static_cast<UnixTime>(std::time(nullptr));
}

std::optional<UnixTime> unix_time(std::string_view rfc3339) {
  std::string text(rfc3339);
  constexpr std::size_t kTimeMark = 10;  // the T, which may be small
  if (text.size() > kTimeMark && text[kTimeMark] == 't') text[kTimeMark] = 'T';
  std::tm parts{};
  const char* end = strptime(text.c_str(), "%Y-%m-%dT%H:%M:%S", &parts);
  if (end == nullptr) return std::nullopt;
  const auto offset = offset_of(without_fraction(end));
  if (!offset) return std::nullopt;
  return static_cast<UnixTime>(timegm(&parts)) - *offset;
}

std::optional<UnixTime> time_ago(std::string_view age, UnixTime now) {
  struct Unit {
    char letter;
    UnixTime seconds;
  };
  constexpr UnixTime kHour = 3600;
  constexpr UnixTime kDay = 24 * kHour;
  constexpr std::array<Unit, 4> kUnits = {
      {{'h', kHour}, {'d', kDay}, {'w', 7 * kDay}, {'y', 365 * kDay}}};
  constexpr UnixTime kMost = 100'000;
  if (age.empty()) return std::nullopt;
  const char* const end = age.data() + age.size() - 1;
  UnixTime count = 0;
  const auto read = std::from_chars(age.data(), end, count);
  if (read.ec != std::errc() || read.ptr != end || count < 0 || count > kMost) return std::nullopt;
  for (const Unit& unit : kUnits) {
    // Docker Hub is younger than that, and a year before 0 is no time of RFC 3339.
    if (unit.letter == age.back()) return std::max<UnixTime>(now - count * unit.seconds, 0);
  }
  return std::nullopt;
}

std::string rfc3339(UnixTime time) {
  const auto seconds = static_cast<std::time_t>(time);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  std::array<char, 32> text{};
  return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts)};
}

}  // namespace dockerhub::hub
