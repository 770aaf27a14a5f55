// A saved answer of `cves` as one side of a comparison. Pure; any thread.
#pragma once

#include <dockerhub/sdk/json.hpp>
#include <optional>
#include <vector>

#include "filter.hpp"
#include "finding.hpp"

namespace dockerhub::scout {

struct Baseline {
  Inventory inventory;  // its packages are not known
  Filter filter;        // what was left out when it was saved
  sdk::Json head;       // repository, reference, digest... as they were
};

// The whole envelope or its data. nullopt: it is no such answer, or rows are missing.
std::optional<Baseline> read_baseline(const sdk::Value& saved);

// A score of EPSS is of the vulnerability, in whatever image: rows that were saved without one take that of today.
void take_scores(std::vector<Finding>& saved, const std::vector<Finding>& today);

}  // namespace dockerhub::scout
