// Times as the protocols write them. Seconds since 1970, UTC. Free functions; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace dockerhub::sandbox {

using UnixTime = std::int64_t;

UnixTime now();

// "2026-01-31T12:00:00Z" (RFC 3339).
std::string rfc3339(UnixTime time);

// The other way, with any offset from UTC; nullopt: no time from 1970 to 2199.
std::optional<UnixTime> from_rfc3339(std::string_view text);

// "Sat, 31 Jan 2026 12:00:00 GMT" (RFC 9110 5.6.7).
std::string http_date(UnixTime time);

}  // namespace dockerhub::sandbox
