#include "exchange/quota.hpp"

#include <gtest/gtest.h>

namespace dockerhub::sandbox {
namespace {

TEST(Quota, CountsEachCallerForItself) {
  Quota quota(3600);
  EXPECT_EQ(quota.take("a", 2, 1).remaining, 1);
  EXPECT_EQ(quota.take("a", 2, 1).remaining, 0);
  EXPECT_TRUE(quota.take("a", 2, 1).exceeded);
  EXPECT_FALSE(quota.take("b", 2, 1).exceeded);
}

TEST(Quota, LookingCostsNothing) {
  Quota quota(3600);
  quota.take("a", 1, 1);
  EXPECT_FALSE(quota.take("a", 1, 0).exceeded);
  EXPECT_EQ(quota.take("a", 1, 0).remaining, 0);
}

TEST(Quota, BeginsAnewWithEachWindow) {
  Quota quota(0);
  quota.take("a", 1, 1);
  EXPECT_FALSE(quota.take("a", 1, 1).exceeded);
}

TEST(Quota, ALimitThatWasLoweredLeavesNothingBelowZero) {
  Quota quota(3600);
  quota.take("a", 5, 3);
  EXPECT_EQ(quota.take("a", 1, 0).remaining, 0);
}

}  // namespace
}  // namespace dockerhub::sandbox
