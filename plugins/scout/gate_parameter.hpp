// `fail_on` of a call, and how it ends one. Only inside a call, on its thread.
#pragma once

#include <dockerhub/sdk/context.hpp>
#include <vector>

#include "gate.hpp"

namespace dockerhub::scout {

inline Gate gate_parameter(sdk::Context& ctx) {
  if (!ctx.params().has("fail_on")) return Gate({});
  return Gate(ctx.params().texts("fail_on"));
}

// Sets the outcome of the call where the findings meet the condition.
inline void judge(sdk::Context& ctx, const Gate& gate, const std::vector<Finding>& findings) {
  if (const auto met = gate.met_by(findings)) ctx.outcome(sdk::Outcome::condition_met, *met);
}

}  // namespace dockerhub::scout
