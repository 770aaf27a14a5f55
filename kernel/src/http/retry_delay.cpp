#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <ctime>
#include <iomanip>
#include <locale>
#include <sstream>

#include "base/pattern.hpp"
#include "base/time_text.hpp"
#include "http/client.hpp"

namespace dockerhub::http {
namespace {

using std::chrono::milliseconds;
using SystemTime = std::chrono::system_clock::time_point;

constexpr double kLongestSeconds = 10.0 * 365 * 24 * 3600;  // keeps arithmetic far from overflow
constexpr double kLeastUnixTime = 1e6;                      // smaller numbers are seconds to wait

milliseconds from_seconds(double seconds) {
  const double bounded = std::clamp(seconds, 0.0, kLongestSeconds);
  return milliseconds(static_cast<std::int64_t>(std::ceil(bounded * 1000)));
}

double unix_seconds(SystemTime time) {
  return std::chrono::duration<double>(time.time_since_epoch()).count();
}

// Digits and at most one point: no sign, exponent, "inf" or "nan".
std::optional<double> read_number(std::string_view text) {
  const bool plain = !text.empty() && text.find_first_not_of("0123456789.") == std::string::npos;
  double number = 0;
  const char* end = text.data() + text.size();
  if (!plain) return std::nullopt;
  const auto [stop, problem] = std::from_chars(text.data(), end, number);
  if (problem != std::errc() || stop != end || !std::isfinite(number)) return std::nullopt;
  return number;
}

// The three forms of RFC 9110 5.6.7. The standard library passes over much that is wrong, so the form
// is looked at first.
struct DateForm {
  const char* pattern;
  const char* format;
};
constexpr std::array<DateForm, 3> kDateForms = {
    {{R"([A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT)",
      "%a, %d %b %Y %H:%M:%S GMT"},
     {R"([A-Z][a-z]{5,8}, \d{2}-[A-Z][a-z]{2}-\d{2} \d{2}:\d{2}:\d{2} GMT)",
      "%A, %d-%b-%y %H:%M:%S GMT"},
     {R"([A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} \d{4})", "%a %b %e %H:%M:%S %Y"}}};

std::optional<SystemTime> read_date(std::string_view text) {
  const auto* const form =
      std::find_if(kDateForms.begin(), kDateForms.end(),
                   [text](const DateForm& each) { return matches(each.pattern, text); });
  if (form == kDateForms.end()) return std::nullopt;
  std::istringstream stream{std::string(text)};
  stream.imbue(std::locale::classic());
  std::tm parts = {};
  stream >> std::get_time(&parts, form->format);
  if (stream.fail()) return std::nullopt;
  const int day = parts.tm_mday;
  const std::time_t time = ::timegm(&parts);
  return parts.tm_mday == day ? time_of(time) : std::nullopt;  // no 31st of February
}

std::optional<milliseconds> until(double unix_time, SystemTime now) {
  return from_seconds(unix_time - unix_seconds(now));
}

// The server's own clock, where it tells it: ours may be wrong.
std::optional<SystemTime> server_time(const Headers& headers) {
  const auto sent = headers.find("Date");
  return sent ? read_date(*sent) : std::nullopt;
}

std::optional<milliseconds> from_retry_after(const Headers& headers, SystemTime now) {
  const auto value = headers.find("Retry-After");
  if (!value) return std::nullopt;
  if (const auto seconds = read_number(*value)) return from_seconds(*seconds);
  const auto date = read_date(*value);
  if (!date) return std::nullopt;
  return until(unix_seconds(*date), server_time(headers).value_or(now));
}

std::optional<milliseconds> from_x_retry_after(const Headers& headers, SystemTime now) {
  const auto value = headers.find("X-Retry-After");
  const auto number = value ? read_number(*value) : std::nullopt;
  if (!number) return std::nullopt;
  return *number < kLeastUnixTime ? from_seconds(*number) : until(*number, now);
}

std::optional<milliseconds> from_reset(const Headers& headers, SystemTime now) {
  const auto value = headers.find("X-RateLimit-Reset");
  const auto number = value ? read_number(*value) : std::nullopt;
  return number ? until(*number, now) : std::nullopt;
}

}  // namespace

std::optional<milliseconds> retry_delay(const Headers& headers, SystemTime now) {
  constexpr std::array kSources = {from_retry_after, from_x_retry_after, from_reset};
  for (const auto source : kSources) {
    if (const auto delay = source(headers, now)) return delay;
  }
  return std::nullopt;
}

std::optional<milliseconds> time_to_reset(const Headers& headers, SystemTime now) {
  return from_reset(headers, server_time(headers).value_or(now));
}

}  // namespace dockerhub::http
