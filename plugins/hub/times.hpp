// Times as Docker Hub writes them: RFC 3339, section 5.6; and ages as people do. Pure but for the clock; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace dockerhub::hub {

// Seconds since 1970-01-01T00:00:00Z.
using UnixTime = std::int64_t;

UnixTime unix_now();
// Fractions of a second are dropped; without an offset UTC is meant. nullopt: it is no such time.
std::optional<UnixTime> unix_time(std::string_view rfc3339);
// So long before `now`: "90d", also with h, w and y (365 days), at most 100,000 of them, but not before 1970. nullopt: it
// is no age.
std::optional<UnixTime> time_ago(std::string_view age, UnixTime now);
// In UTC, to the second.
std::string rfc3339(UnixTime time);

}  // namespace dockerhub::hub
