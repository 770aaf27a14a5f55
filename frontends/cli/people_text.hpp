// Values as people like to read them: how long ago a time was, and a size in a unit that fits. For the table on a
// terminal; programs get the values themselves. Free functions; any thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "json.hpp"

namespace dockerhub::cli {

using Seconds = std::chrono::sys_seconds;

// A time of RFC 3339 ("2026-01-02T03:04:05.6Z", or with an offset); nullopt: something else.
std::optional<Seconds> time_of(std::string_view text);

// "3 days ago", "in 2 hours", "just now"; "never" of the first year, which servers write for no time.
std::string relative_time(Seconds time, Seconds now);

// "512 B", "3.4 MB": decimal units, as Docker shows sizes.
std::string size_text(std::uint64_t bytes);

// A time (not in a column of names or descriptions), or in a column that is called so a size; nullopt: the value is
// best as it is.
std::optional<std::string> people_text(std::string_view column, const json::Value& value,
                                       Seconds now);

}  // namespace dockerhub::cli
