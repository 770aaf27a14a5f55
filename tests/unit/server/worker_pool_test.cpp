#include "server/worker_pool.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <mutex>
#include <set>
#include <thread>

namespace dockerhub::server {
namespace {

TEST(WorkerPool, RunsAsMuchAsItsLimitAtOnceAndNoMore) {
  // More than begin before others are seen to wait.
  static constexpr int kLimit = 64;
  WorkerPool pool(kLimit);
  std::latch all_run(kLimit);
  std::latch may_end(1);
  for (int i = 0; i < kLimit; ++i) {
    ASSERT_TRUE(pool.submit([&] {
      all_run.count_down();
      may_end.wait();
    }));
  }
  all_run.wait();
  EXPECT_FALSE(pool.submit([] {}));
  EXPECT_FALSE(pool.wait_idle(std::chrono::milliseconds(0)));
  may_end.count_down();
  EXPECT_TRUE(pool.wait_idle(std::chrono::seconds(10)));
  EXPECT_TRUE(pool.submit([] {}));
}

TEST(WorkerPool, EndsWhenAllWorkIsDone) {
  for (const std::size_t limit : {4, 100}) {
    std::atomic<int> done = 0;
    {
      WorkerPool pool(limit);
      for (int i = 0; i < 1000; ++i) {
        while (!pool.submit([&] { ++done; })) std::this_thread::yield();
      }
    }
    EXPECT_EQ(done, 1000) << limit;
  }
}

TEST(WorkerPool, WorkThatWaitsForLaterWorkIsNoObstacleToIt) {
  static constexpr int kWork = 64;
  std::latch last(1);
  WorkerPool pool(kWork);
  for (int i = 1; i < kWork; ++i) ASSERT_TRUE(pool.submit([&] { last.wait(); }));
  ASSERT_TRUE(pool.submit([&] { last.count_down(); }));
  EXPECT_TRUE(pool.wait_idle(std::chrono::seconds(10)));
}

TEST(WorkerPool, FewThreadsAreUsedWhereFewAreEnough) {
  static constexpr int kWork = 1000;
  std::mutex mutex;
  std::set<std::thread::id> threads;
  WorkerPool pool(64);
  for (int i = 0; i < kWork; ++i) {
    ASSERT_TRUE(pool.submit([&] {
      const std::lock_guard lock(mutex);
      threads.insert(std::this_thread::get_id());
    }));
    ASSERT_TRUE(pool.wait_idle(std::chrono::seconds(10)));
  }
  EXPECT_EQ(threads.size(), 1U);
}

}  // namespace
}  // namespace dockerhub::server
