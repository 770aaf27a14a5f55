// Durations as the interface takes them. Any thread.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <limits>

namespace dockerhub::sdk {

// Milliseconds of the interface: a negative duration is none, the longest is UINT32_MAX (49 days).
constexpr std::uint32_t to_abi(std::chrono::milliseconds duration) {
  using Count = std::chrono::milliseconds::rep;
  constexpr auto kMost = static_cast<Count>(std::numeric_limits<std::uint32_t>::max());
  return static_cast<std::uint32_t>(std::clamp(duration.count(), Count{0}, kMost));
}

}  // namespace dockerhub::sdk
