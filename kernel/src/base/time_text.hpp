// Points in time as text. Any thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace dockerhub {

// RFC 3339 in UTC, to the second: "2026-11-24T20:15:00Z".
std::string rfc3339(std::chrono::system_clock::time_point time);

// The reverse, strictly by RFC 3339 5.6 and with any offset; parts of a second are cut off below the
// microsecond, a leap second counts as the second after it. nullopt for any other text, for days that no month
// has, and for times outside of 1970 to 2199.
std::optional<std::chrono::system_clock::time_point> parse_rfc3339(std::string_view text);

// Seconds since 1970 from a stranger; nullopt outside of 1970 to 2199. The clock counts nanoseconds, in which
// later times (and "never" written as a large number) do not fit.
std::optional<std::chrono::system_clock::time_point> time_of(std::int64_t unix_seconds);

}  // namespace dockerhub
