// Vulnerabilities counted once each, whatever the number of packages they are in: with the worst
// severity that they have in one of them. Pure; any thread.
#pragma once

#include <array>
#include <cstddef>
#include <dockerhub/sdk/json.hpp>
#include <vector>

#include "finding.hpp"

namespace dockerhub::scout {

struct Totals {
  std::array<std::size_t, kSeverities> by_severity{};

  std::size_t all() const;
  // {"critical", "high", "medium", "low", "unspecified", "total"}
  sdk::Json json() const;
};

Totals count(const std::vector<Finding>& findings);

// target minus base, as Totals::json() has it.
sdk::Json difference(const Totals& base, const Totals& target);

}  // namespace dockerhub::scout
