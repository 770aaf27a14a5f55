#include "referrers_support.hpp"

#include <gtest/gtest.h>

#include <chrono>

namespace dockerhub::registry {
namespace {

TEST(ReferrersSupport, IsRememberedPerRegistryForAnHour) {
  ReferrersSupport support;
  const ReferrersSupport::Clock::time_point now{};
  EXPECT_FALSE(support.is_missing("a", now));
  support.note_missing("a", now);
  EXPECT_TRUE(support.is_missing("a", now + std::chrono::minutes(59)));
  EXPECT_FALSE(support.is_missing("a", now + std::chrono::minutes(61)));
  EXPECT_FALSE(support.is_missing("b", now));
}

TEST(ReferrersSupport, ForgetsRatherThanGrowsWithoutEnd) {
  ReferrersSupport support;
  const ReferrersSupport::Clock::time_point now{};
  support.note_missing("first", now);
  for (int i = 0; i < 1000; ++i) support.note_missing("r" + std::to_string(i), now);
  EXPECT_FALSE(support.is_missing("first", now));
  EXPECT_TRUE(support.is_missing("r999", now));
}

}  // namespace
}  // namespace dockerhub::registry
