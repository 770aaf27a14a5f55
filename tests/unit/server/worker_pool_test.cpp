#include "server/worker_pool.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <latch>

namespace dockerhub::server {
namespace {

TEST(WorkerPool, RunsAsMuchAsItsLimitAtOnceAndNoMore) {
  static constexpr int kLimit = 8;
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
  std::atomic<int> done = 0;
  {
    WorkerPool pool(4);
    for (int i = 0; i < 1000; ++i) {
      while (!pool.submit([&] { ++done; })) std::this_thread::yield();
    }
  }
  EXPECT_EQ(done, 1000);
}

}  // namespace
}  // namespace dockerhub::server
