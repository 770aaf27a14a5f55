#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

#include "redaction/redactor.hpp"

namespace dockerhub {
namespace {

TEST(RedactionThreads, MaskWhatTheyKnowWhileOthersLearn) {
  auto book = std::make_shared<SecretBook>();
  const Redactor redactor(book);
  const Secret always = book->make("always-known-value");
  std::atomic<int> leaks = 0;
  constexpr int kThreads = 8;
  std::vector<std::thread> threads;
  threads.reserve(kThreads);
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 100; ++i) {
        const std::string mine =
            "value-" + std::to_string(t) + "-" + std::to_string(i % 7) + "-of-thread";
        const auto handle = book->learn(mine);
        const std::string safe = redactor.text(mine + " always-known-value");
        if (safe != "***redacted*** ***redacted***") ++leaks;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(leaks, 0);
  EXPECT_EQ(book->known()->values.size(), 1U);
}

}  // namespace
}  // namespace dockerhub
