#include "rate_wait.hpp"

#include <algorithm>
#include <chrono>
#include <optional>

#include "members.hpp"
#include "times.hpp"

namespace dockerhub::hub {
namespace {

constexpr int kTooManyRequests = 429;

// Seconds to the reset of Docker Hub's budget, where nothing is left of it.
std::optional<UnixTime> until_reset(sdk::Context& ctx) {
  const auto budgets = ctx.limits();
  if (!budgets || !budgets->IsArray()) return std::nullopt;
  std::optional<UnixTime> wait;
  for (const sdk::Value& budget : budgets->GetArray()) {
    const sdk::Value* remaining = member(budget, "remaining");
    const sdk::Value* reset = member(budget, "reset");
    const bool is_used_up = text_member(budget, "api") == "hub" && remaining != nullptr &&
                            remaining->IsInt64() && remaining->GetInt64() == 0 &&
                            reset != nullptr && reset->IsInt64();
    if (is_used_up) wait = std::max(wait.value_or(1), reset->GetInt64() - unix_now());
  }
  return wait;
}

}  // namespace

bool RateWait::is_limited(const sdk::Reply<Answer>& answer) {
  if (answer) return answer->status_code == kTooManyRequests;
  return answer.status() == sdk::Status(DH_E_LIMIT);
}

sdk::Status RateWait::wait() {
  constexpr int kMostWaits = 10;
  constexpr UnixTime kFirst = 5;
  constexpr UnixTime kMost = 120;
  if (waits_ == kMostWaits) {
    return ctx_.fail(
        "ApiError", "Docker Hub's rate limit stays used up",
        "What was told is done. Run it again later; hub_admin limits shows the budget.");
  }
  const UnixTime seconds = std::min(until_reset(ctx_).value_or(kFirst << waits_), kMost);
  ++waits_;
  ++rounds_;
  ctx_.tell(sdk::Level::notice,
            "Docker Hub's rate limit is used up; going on in " + std::to_string(seconds) + " s");
  return ctx_.pause(std::chrono::seconds(seconds));
}

}  // namespace dockerhub::hub
