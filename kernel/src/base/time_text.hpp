// Points in time as text. Any thread.
#pragma once

#include <chrono>
#include <string>

namespace dockerhub {

// RFC 3339 in UTC, to the second: "2026-11-24T20:15:00Z".
std::string rfc3339(std::chrono::system_clock::time_point time);

}  // namespace dockerhub
