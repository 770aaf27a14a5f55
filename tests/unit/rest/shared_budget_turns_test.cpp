// The one order that copies of a server have in a rate budget.
#include "server/shared_budget_turns.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <optional>
#include <stdexcept>
#include <utility>

#include "../shared_store/redis_process.hpp"

namespace dockerhub::server {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;

// Hours, of which no slow machine takes a part that matters.
constexpr BudgetTurns::Wish kWish = {milliseconds(0), hours(2), hours(10)};

SharedBudgetTurns copy_at(const test::RedisProcess& redis) {
  auto store = test::redis_store(redis.url());
  if (!store) throw std::runtime_error(store.error().message);
  return SharedBudgetTurns(std::move(*store));
}

void expect_about(std::optional<milliseconds> wait, milliseconds wanted) {
  ASSERT_TRUE(wait);
  EXPECT_LE(*wait, wanted);
  EXPECT_GT(*wait, wanted - hours(1));
}

TEST(SharedBudgetTurns, CopiesWaitBehindEachOther) {
  const test::RedisProcess redis;
  SharedBudgetTurns one = copy_at(redis);
  SharedBudgetTurns other = copy_at(redis);
  EXPECT_EQ(one.take("hub", kWish), milliseconds(0));
  expect_about(other.take("hub", kWish), hours(2));
  expect_about(one.take("hub", kWish), hours(4));
  EXPECT_EQ(other.take("registry", kWish), milliseconds(0)) << "budgets are apart";
}

TEST(SharedBudgetTurns, BehindTheResetTheyAreCloseTogether) {
  const test::RedisProcess redis;
  SharedBudgetTurns one = copy_at(redis);
  SharedBudgetTurns other = copy_at(redis);
  const BudgetTurns::Wish after_reset = {hours(10), BudgetTurns::kAfterWait, hours(10)};
  EXPECT_EQ(one.take("hub", after_reset), milliseconds(hours(10)));
  // Each begins when it is asked, and so a little later than the one before.
  for (int i = 0; i < 3; ++i) {
    const auto wait = other.take("hub", after_reset);
    ASSERT_TRUE(wait);
    EXPECT_GE(*wait, milliseconds(hours(10)));
    EXPECT_LT(*wait, milliseconds(hours(11)));
  }
}

TEST(SharedBudgetTurns, WithoutRedisNothingIsKnown) {
  test::RedisProcess redis;
  SharedBudgetTurns copy = copy_at(redis);
  redis.kill();
  EXPECT_FALSE(copy.take("hub", kWish));
}

}  // namespace
}  // namespace dockerhub::server
