#include "pull_budget.hpp"

#include <cstdint>

namespace dockerhub::registry {

sdk::Reply<bool> PullBudget::allows_pull(const Look& look) {
  constexpr std::string_view kApi = "registry";
  if (!ctx_.params().has("min_remaining")) return true;
  const std::int64_t kept = ctx_.params().integer("min_remaining");
  while (!is_spent_ && !wait_.has_more(kApi, kept)) {
    const auto waited = wait_.wait_for_reset_if_short(kApi);
    if (!waited) return waited.status();
    is_spent_ = !*waited;
    if (is_spent_) return false;
    if (const sdk::Status looked = look(); !looked) return looked;
  }
  if (!is_spent_) wait_.passed();
  return !is_spent_;
}

}  // namespace dockerhub::registry
