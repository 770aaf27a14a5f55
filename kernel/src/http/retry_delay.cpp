#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "http/client.hpp"
#include "http/http_date.hpp"

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

std::optional<milliseconds> until(double unix_time, SystemTime now) {
  return from_seconds(unix_time - unix_seconds(now));
}

// The server's own clock, where it tells it: ours may be wrong.
std::optional<SystemTime> server_time(const Headers& headers) {
  const auto sent = headers.find("Date");
  return sent ? read_http_date(*sent) : std::nullopt;
}

std::optional<milliseconds> from_retry_after(const Headers& headers, SystemTime now) {
  const auto value = headers.find("Retry-After");
  if (!value) return std::nullopt;
  if (const auto seconds = read_number(*value)) return from_seconds(*seconds);
  const auto date = read_http_date(*value);
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

std::optional<milliseconds> time_to_reset(const Headers& headers, SystemTime now,
                                          milliseconds age) {
  const auto by_server = from_reset(headers, server_time(headers).value_or(now));
  const auto by_us = from_reset(headers, now);
  if (!by_server || !by_us || *by_us >= *by_server) return by_server;
  return std::max(*by_us, *by_server - age);
}

}  // namespace dockerhub::http
