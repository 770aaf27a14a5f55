#include "people_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace dockerhub::cli {

namespace {

// Reads a text from its beginning on; once something does not fit, nothing more does.
class Reading {
 public:
  explicit Reading(std::string_view text) : text_(text) {}

  int number(std::size_t digits) {
    int value = 0;
    if (text_.size() < digits) return fail();
    const char* const end = text_.data() + digits;
    const auto [rest, problem] = std::from_chars(text_.data(), end, value);
    if (problem != std::errc() || rest != end || value < 0) return fail();
    text_.remove_prefix(digits);
    return value;
  }

  char one_of(std::string_view letters) {
    if (text_.empty() || letters.find(text_.front()) == std::string_view::npos) {
      fail();
      return 0;
    }
    const char letter = text_.front();
    text_.remove_prefix(1);
    return letter;
  }

  void pass_fraction() {
    if (text_.empty() || text_.front() != '.') return;
    const std::size_t end = text_.find_first_not_of("0123456789", 1);
    if (end == 1) fail();
    text_.remove_prefix(std::min(end, text_.size()));
  }

  bool is_good() const { return good_ && text_.empty(); }

 private:
  int fail() {
    good_ = false;
    return 0;
  }

  std::string_view text_;
  bool good_ = true;
};

std::chrono::minutes read_offset(Reading& reading) {
  const char sign = reading.one_of("Zz+-");
  if (sign != '+' && sign != '-') return std::chrono::minutes(0);
  const int hours = reading.number(2);
  reading.one_of(":");
  const std::chrono::minutes offset(hours * 60 + reading.number(2));
  return sign == '+' ? offset : -offset;
}

struct Unit {
  std::int64_t seconds;
  std::string_view name;
};

constexpr std::array<Unit, 5> kUnits{{{60L * 60 * 24 * 365, "year"},
                                      {60L * 60 * 24 * 30, "month"},
                                      {60L * 60 * 24, "day"},
                                      {60L * 60, "hour"},
                                      {60, "minute"}}};

std::string_view own_name(std::string_view column) {
  return column.substr(column.rfind('.') + 1);  // npos + 1 is 0
}

// What somebody called something stays as it is, even where it looks like a time.
bool is_free_text(std::string_view column) {
  constexpr std::array<std::string_view, 3> kFreeTexts{"name", "label", "description"};
  return std::find(kFreeTexts.begin(), kFreeTexts.end(), own_name(column)) != kFreeTexts.end();
}

// Called after what they hold, in any nesting; page_size is a number of things.
bool is_size_column(std::string_view column) {
  const std::string_view name = own_name(column);
  const auto ends_with = [&](std::string_view end) {
    return name.size() > end.size() && name.substr(name.size() - end.size()) == end;
  };
  return name == "size" || name == "bytes" || ends_with("_bytes") ||
         (ends_with("_size") && name != "page_size");
}

}  // namespace

std::optional<Seconds> time_of(std::string_view text) {
  Reading reading(text);
  const std::chrono::year year(reading.number(4));
  reading.one_of("-");
  const std::chrono::month month(static_cast<unsigned>(reading.number(2)));
  reading.one_of("-");
  const std::chrono::day day(static_cast<unsigned>(reading.number(2)));
  reading.one_of("Tt ");
  const int hour = reading.number(2);
  reading.one_of(":");
  const int minute = reading.number(2);
  reading.one_of(":");
  const int second = reading.number(2);
  reading.pass_fraction();
  const std::chrono::minutes offset = read_offset(reading);
  const std::chrono::year_month_day date(year, month, day);
  if (!reading.is_good() || !date.ok() || hour > 23 || minute > 59 || second > 60)
    return std::nullopt;
  return std::chrono::sys_days(date) + std::chrono::hours(hour) + std::chrono::minutes(minute) +
         std::chrono::seconds(second) - offset;
}

std::string relative_time(Seconds time, Seconds now) {
  using std::chrono::January;
  if (time < std::chrono::sys_days(std::chrono::year(2) / January / 1)) return "never";
  const std::int64_t age = (now - time).count();
  for (const Unit& unit : kUnits) {
    const std::int64_t count = std::abs(age) / unit.seconds;
    if (count == 0) continue;
    const std::string text =
        std::to_string(count) + " " + std::string(unit.name) + (count == 1 ? "" : "s");
    return age > 0 ? text + " ago" : "in " + text;
  }
  return "just now";
}

std::string size_text(std::uint64_t bytes) {
  constexpr std::array<std::string_view, 6> kNames{"kB", "MB", "GB", "TB", "PB", "EB"};
  constexpr double kStep = 1000;
  if (bytes < 1000) return std::to_string(bytes) + " B";
  double size = static_cast<double>(bytes) / kStep;
  std::size_t unit = 0;
  // 999.95 would be written as 1000.0.
  while (size >= 999.95 && unit + 1 < kNames.size()) {
    size /= kStep;
    ++unit;
  }
  const auto tenths = static_cast<std::uint64_t>(std::llround(size * 10));
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " " +
         std::string(kNames[unit]);
}

std::optional<std::string> people_text(std::string_view column, const json::Value& value,
                                       Seconds now) {
  if (value.IsUint64() && is_size_column(column)) return size_text(value.GetUint64());
  if (!value.IsString() || is_free_text(column)) return std::nullopt;
  const auto time = time_of(json::view(value));
  if (!time) return std::nullopt;
  return relative_time(*time, now);
}

}  // namespace dockerhub::cli
