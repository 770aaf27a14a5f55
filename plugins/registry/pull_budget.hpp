// Pulls that are left of the budget at Docker's registry, as the parameter `min_remaining` says. Inside the call, on
// its thread.
#pragma once

#include <functional>
#include <string_view>

#include "dockerhub/sdk/context.hpp"
#include "hub/rate_wait.hpp"

namespace dockerhub::registry {

class PullBudget {
 public:
  // A request that counts no pull; its answer tells the budget anew. Fails only where the whole call has to end.
  using Look = std::function<sdk::Status()>;

  explicit PullBudget(sdk::Context& ctx) : ctx_(ctx), wait_(ctx) {}

  // Whether the budget allows a pull now, or after a wait of at most an hour. Once false, it stays so. Where nothing
  // was told of the budget yet it allows one: look first.
  sdk::Reply<bool> allows_pull(const Look& look);

  static constexpr std::string_view kSpent =
      "no more than min_remaining pulls are left, and the budget begins anew later than this call "
      "waits";

 private:
  sdk::Context& ctx_;
  hub::RateWait wait_;
  bool is_spent_ = false;  // and its wait is too long
};

}  // namespace dockerhub::registry
