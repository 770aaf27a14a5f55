// How bad a vulnerability is, in Docker Scout's five words. Pure; any thread.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace dockerhub::scout {

// The worst first.
enum class Severity { critical, high, medium, low, unspecified };

inline constexpr std::size_t kSeverities = 5;
inline constexpr std::array<std::string_view, kSeverities> kSeverityNames = {
    "critical", "high", "medium", "low", "unspecified"};

constexpr std::string_view severity_name(Severity severity) {
  return kSeverityNames[static_cast<std::size_t>(severity)];
}

// In any case of letters; nullopt for any other word.
std::optional<Severity> severity_of(std::string_view name);

}  // namespace dockerhub::scout
