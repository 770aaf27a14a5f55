// The time of this machine, as UTC. Any thread.
#pragma once

#include <array>
#include <ctime>
#include <string>

namespace dockerhub::scout {

inline constexpr const char* kDay = "%Y-%m-%d";
inline constexpr const char* kSecond = "%Y-%m-%dT%H:%M:%SZ";

inline std::string utc_now(const char* format) {
  const std::time_t time = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&time, &parts);
  std::array<char, 32> text{};
  return {text.data(), std::strftime(text.data(), text.size(), format, &parts)};
}

}  // namespace dockerhub::scout
