// A saved answer of `cves` as one side of a comparison. Pure; any thread.
#pragma once

#include <dockerhub/sdk/json.hpp>
#include <optional>

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

}  // namespace dockerhub::scout
