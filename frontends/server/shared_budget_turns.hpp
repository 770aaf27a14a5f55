// The order of requests in rate budgets, kept where all copies of a server look. Redis alone tells the time, so that
// their clocks need not agree. Any thread.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "dockerhub/shared_store.hpp"

namespace dockerhub::server {

class SharedBudgetTurns : public BudgetTurns {
 public:
  explicit SharedBudgetTurns(std::shared_ptr<SharedStore> store) : store_(std::move(store)) {}

  // nullopt also while Redis is slow or gone: reads go on.
  std::optional<std::chrono::milliseconds> take(const std::string& budget,
                                                const Wish& wish) override;

 private:
  const std::shared_ptr<SharedStore> store_;
};

}  // namespace dockerhub::server
