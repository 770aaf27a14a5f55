// Dates of HTTP headers. Free function; any thread.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace dockerhub::http {

// One of the three forms of RFC 9110 5.6.7; nullopt for anything else.
std::optional<std::chrono::system_clock::time_point> read_http_date(std::string_view text);

}  // namespace dockerhub::http
