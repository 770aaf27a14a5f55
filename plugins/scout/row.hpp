// A finding as a row of an answer, and back from a saved one. Pure; any thread.
#pragma once

#include <dockerhub/sdk/json.hpp>
#include <optional>

#include "finding.hpp"

namespace dockerhub::scout {

// Members that nothing is known of are null.
sdk::Json row_of(const Finding& finding);

// nullopt: it is no row of this kind.
std::optional<Finding> finding_in(const sdk::Value& row);

}  // namespace dockerhub::scout
