// What the rows of the settings table are written with.
#pragma once

#include <array>
#include <cstdint>

#include "config/settings.hpp"

namespace dockerhub::rows {

using enum SettingType;
using enum SettingSource;

// Milliseconds and bytes.
inline constexpr std::int64_t kMinute = std::int64_t{60} * 1000;
inline constexpr std::int64_t kHour = 60 * kMinute;
inline constexpr std::int64_t kDay = 24 * kHour;
inline constexpr std::int64_t kKiB = 1024;
inline constexpr std::int64_t kGiB = kKiB * kKiB * kKiB;

}  // namespace dockerhub::rows
