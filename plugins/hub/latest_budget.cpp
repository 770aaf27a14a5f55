#include "latest_budget.hpp"

#include "members.hpp"

namespace dockerhub::hub {

const sdk::Value* latest_budget(const sdk::Value& budgets, std::string_view api) {
  const sdk::Value* newest = nullptr;
  std::string_view seen;
  for (const sdk::Value& budget : budgets.GetArray()) {
    const std::string_view observed_at = text_member(budget, "observed_at");
    if (text_member(budget, "api") != api) continue;
    if (newest != nullptr && observed_at < seen) continue;
    newest = &budget;
    seen = observed_at;
  }
  return newest;
}

}  // namespace dockerhub::hub
