#include "base/time_text.hpp"

#include <algorithm>
#include <array>
#include <ctime>

namespace dockerhub {
namespace {

namespace chr = std::chrono;

constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// Takes a text apart from its beginning; once something was not there, all that follows fails as well.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  // A number of exactly that many digits.
  int number(std::size_t digits) {
    const std::string_view part = rest_.substr(0, digits);
    if (part.size() != digits || !std::all_of(part.begin(), part.end(), is_digit)) return fail();
    rest_.remove_prefix(digits);
    constexpr int kBase = 10;
    int number = 0;
    for (const char digit : part) number = number * kBase + (digit - '0');
    return number;
  }

  // One of these characters, or '\0'.
  char one_of(std::string_view characters) {
    if (rest_.empty() || characters.find(rest_.front()) == std::string_view::npos) {
      fail();
      return '\0';
    }
    const char found = rest_.front();
    rest_.remove_prefix(1);
    return found;
  }

  // "." with at least one digit, or nothing.
  chr::microseconds fraction() {
    chr::microseconds sum{0};
    if (rest_.substr(0, 1) != ".") return sum;
    rest_.remove_prefix(1);
    if (rest_.empty() || !is_digit(rest_.front())) fail();
    constexpr int kBase = 10;
    for (chr::microseconds unit = chr::seconds(1); !rest_.empty() && is_digit(rest_.front());) {
      unit /= kBase;
      sum += unit * (rest_.front() - '0');
      rest_.remove_prefix(1);
    }
    return sum;
  }

  // "Z", "+HH:MM" or "-HH:MM".
  chr::minutes offset() {
    const char sign = one_of("Zz+-");
    if (sign == 'Z' || sign == 'z') return chr::minutes(0);
    const int hours = number(2);
    one_of(":");
    const int minutes = number(2);
    check(hours <= kLastHour && minutes <= kLastMinute);
    const chr::minutes offset = chr::hours(hours) + chr::minutes(minutes);
    return sign == '-' ? -offset : offset;
  }

  void check(bool right) {
    if (!right) fail();
  }

  bool whole() const { return good_ && rest_.empty(); }

  static constexpr int kLastHour = 23;
  static constexpr int kLastMinute = 59;
  static constexpr int kLeapSecond = 60;

 private:
  int fail() {
    good_ = false;
    return 0;
  }

  std::string_view rest_;
  bool good_ = true;
};

chr::sys_days read_day(Reader& reader) {
  const int year = reader.number(4);
  reader.one_of("-");
  const int month = reader.number(2);
  reader.one_of("-");
  const int day = reader.number(2);
  const chr::year_month_day date{chr::year(year), chr::month(static_cast<unsigned>(month)),
                                 chr::day(static_cast<unsigned>(day))};
  reader.check(date.ok());
  return date.ok() ? chr::sys_days(date) : chr::sys_days();
}

chr::microseconds read_time_of_day(Reader& reader) {
  const int hours = reader.number(2);
  reader.one_of(":");
  const int minutes = reader.number(2);
  reader.one_of(":");
  const int seconds = reader.number(2);
  reader.check(hours <= Reader::kLastHour && minutes <= Reader::kLastMinute &&
               seconds <= Reader::kLeapSecond);
  return chr::hours(hours) + chr::minutes(minutes) + chr::seconds(seconds) + reader.fraction();
}

}  // namespace

std::string rfc3339(std::chrono::system_clock::time_point time) {
  const std::time_t seconds = chr::floor<chr::seconds>(time).time_since_epoch().count();
  std::tm parts = {};
  ::gmtime_r(&seconds, &parts);
  constexpr std::size_t kRoom = 32;
  std::array<char, kRoom> text = {};
  return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts)};
}

std::optional<chr::system_clock::time_point> time_of(std::int64_t unix_seconds) {
  constexpr chr::year kFirstYearAfter{2200};
  constexpr chr::sys_seconds kEnd = chr::sys_days(kFirstYearAfter / chr::January / 1);
  const bool in_range = unix_seconds >= 0 && unix_seconds < kEnd.time_since_epoch().count();
  if (!in_range) return std::nullopt;
  return chr::sys_seconds(chr::seconds(unix_seconds));
}

std::optional<chr::system_clock::time_point> parse_rfc3339(std::string_view text) {
  Reader reader(text);
  const chr::sys_days day = read_day(reader);
  reader.one_of("Tt");
  const chr::microseconds of_day = read_time_of_day(reader);
  const chr::minutes offset = reader.offset();
  if (!reader.whole()) return std::nullopt;
  // In microseconds every year of four digits fits.
  const chr::sys_time<chr::microseconds> time = day + of_day - offset;
  const auto seconds = chr::floor<chr::seconds>(time);
  const auto checked = time_of(seconds.time_since_epoch().count());
  if (!checked) return std::nullopt;
  return *checked + (time - seconds);
}

}  // namespace dockerhub
