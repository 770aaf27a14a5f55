// Looks for modules that are asked for while one runs, or while no worker is free.
#include "server/module_looks.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <semaphore>

namespace dockerhub::server::test {
namespace {

constexpr std::chrono::seconds kLookTime{20};

// A look that goes on until the test lets it.
struct HeldLook {
  void operator()() {
    EXPECT_EQ(++running, 1) << "two at once";
    begun.release();
    EXPECT_TRUE(may_end.try_acquire_for(kLookTime));
    --running;
    ++ended;
  }

  std::counting_semaphore<> begun{0};
  std::counting_semaphore<> may_end{0};
  std::atomic<int> running = 0;
  std::atomic<int> ended = 0;
};

TEST(ModuleLooksThreads, WhatIsAskedForWhileOneRunsIsOneMoreAfterIt) {
  HeldLook look;
  WorkerPool workers(8);
  ModuleLooks looks(workers, [&look] { look(); });
  EXPECT_TRUE(looks.begin());
  EXPECT_TRUE(look.begun.try_acquire_for(kLookTime));
  for (int each = 0; each < 3; ++each) EXPECT_TRUE(looks.begin());
  look.may_end.release(2);
  EXPECT_TRUE(workers.wait_idle(kLookTime));
  EXPECT_EQ(look.ended, 2);
  look.may_end.release();
  EXPECT_TRUE(looks.begin());
  EXPECT_TRUE(workers.wait_idle(kLookTime));
  EXPECT_EQ(look.ended, 3);
}

TEST(ModuleLooksThreads, WithoutAWorkerItIsToBeAskedForAgain) {
  std::binary_semaphore busy{0};
  HeldLook look;
  look.may_end.release();
  WorkerPool workers(1);
  ASSERT_TRUE(workers.submit([&busy] { EXPECT_TRUE(busy.try_acquire_for(kLookTime)); }));
  ModuleLooks looks(workers, [&look] { look(); });
  EXPECT_FALSE(looks.begin());
  busy.release();
  EXPECT_TRUE(workers.wait_idle(kLookTime));
  EXPECT_TRUE(looks.begin());
  EXPECT_TRUE(workers.wait_idle(kLookTime));
  EXPECT_EQ(look.ended, 1);
}

TEST(ModuleLooksThreads, ItsEndWaitsForTheLookThatRuns) {
  HeldLook look;
  WorkerPool workers(2);
  {
    ModuleLooks looks(workers, [&look] { look(); });
    EXPECT_TRUE(looks.begin());
    EXPECT_TRUE(look.begun.try_acquire_for(kLookTime));
    ASSERT_TRUE(workers.submit([&look] { look.may_end.release(); }));
  }
  EXPECT_EQ(look.ended, 1);
}

}  // namespace
}  // namespace dockerhub::server::test
