// Times as Docker Hub writes them: RFC 3339, section 5.6. Pure; any thread.
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
// In UTC, to the second.
std::string rfc3339(UnixTime time);

}  // namespace dockerhub::hub
