// The policies of one image as Docker Scout evaluated them. Only inside a call, on its thread.
#pragma once

#include <dockerhub/sdk/context.hpp>
#include <vector>

#include "located.hpp"
#include "policy.hpp"

namespace dockerhub::scout {

// None where it has no result, refuses or fails: what it said is a warning then. A failure is one that
// ends the call.
sdk::Reply<std::vector<PolicyResult>> policies_in_scout(sdk::Context& ctx, const Located& located);

// {"policies": [...], ...} without the rows: outcome and score.
sdk::Json outcome_of(const std::vector<PolicyResult>& results, const sdk::Json& head);

}  // namespace dockerhub::scout
