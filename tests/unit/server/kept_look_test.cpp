#include "server/kept_look.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <future>

namespace dockerhub::server {
namespace {

constexpr std::chrono::minutes kLong{5};

TEST(KeptLook, IsKeptWhileItIsFresh) {
  WorkerPool workers(1);
  std::atomic<int> looks = 0;
  KeptLook look(workers, std::chrono::hours(1), [&looks] { return ++looks == 1; });
  look.last();
  ASSERT_TRUE(workers.wait_idle(kLong));
  EXPECT_EQ(look.last(), true);
  ASSERT_TRUE(workers.wait_idle(kLong));
  EXPECT_EQ(looks, 1);
}

TEST(KeptLook, AnOldOneCountsUntilSomebodyHasLookedAgain) {
  WorkerPool workers(2);
  std::promise<void> released;
  const std::shared_future<void> release = released.get_future().share();
  std::atomic<int> looks = 0;
  KeptLook look(workers, std::chrono::seconds(0), [&looks, release] {
    const bool first = ++looks == 1;
    if (!first) release.wait();
    return first;
  });
  look.last();
  ASSERT_TRUE(workers.wait_idle(kLong));
  EXPECT_EQ(look.last(), true);
  EXPECT_EQ(look.last(), true);
  released.set_value();
  ASSERT_TRUE(workers.wait_idle(kLong));
  EXPECT_EQ(looks, 2) << "never twice at once";
  EXPECT_EQ(look.last(), false);
  ASSERT_TRUE(workers.wait_idle(kLong));
}

TEST(KeptLook, NobodyHasLookedWhereNoWorkerIsFree) {
  WorkerPool none(0);
  KeptLook look(none, std::chrono::hours(1), [] { return true; });
  EXPECT_FALSE(look.last());
  EXPECT_FALSE(look.last());
}

}  // namespace
}  // namespace dockerhub::server
