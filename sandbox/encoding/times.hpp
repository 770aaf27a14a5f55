// Times as the protocols write them. Seconds since 1970, UTC. Free functions; any thread.
#pragma once

#include <cstdint>
#include <string>

namespace dockerhub::sandbox {

using UnixTime = std::int64_t;

UnixTime now();

// "2026-01-31T12:00:00Z" (RFC 3339).
std::string rfc3339(UnixTime time);

// "Sat, 31 Jan 2026 12:00:00 GMT" (RFC 9110 5.6.7).
std::string http_date(UnixTime time);

}  // namespace dockerhub::sandbox
