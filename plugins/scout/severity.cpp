#include "severity.hpp"

#include "hub/names.hpp"

namespace dockerhub::scout {

std::optional<Severity> severity_of(std::string_view name) {
  const std::string folded = hub::folded(name);
  for (std::size_t i = 0; i < kSeverities; ++i) {
    if (folded == kSeverityNames[i]) return static_cast<Severity>(i);
  }
  return std::nullopt;
}

}  // namespace dockerhub::scout
