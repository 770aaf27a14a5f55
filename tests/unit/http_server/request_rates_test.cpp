#include "http/request_rates.hpp"

#include <gtest/gtest.h>

namespace dockerhub::web {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using RateClock = RequestRates::Clock;

const RateClock::time_point kStart = RateClock::time_point(std::chrono::hours(1));

int taken(RequestRates& rates, const std::string& client, RateClock::time_point now, int tries) {
  int count = 0;
  for (int each = 0; each < tries; ++each) count += rates.take(client, now) ? 0 : 1;
  return count;
}

TEST(RequestRates, ASecondsWorthMayComeAtOnceAndNoMore) {
  RequestRates rates(5);
  EXPECT_EQ(taken(rates, "a", kStart, 20), 5);
  EXPECT_EQ(taken(rates, "a", kStart + milliseconds(200), 20), 1);
  EXPECT_EQ(taken(rates, "a", kStart + seconds(10), 20), 5);
}

TEST(RequestRates, SaysHowLongToWait) {
  RequestRates rates(5);
  taken(rates, "a", kStart, 5);
  const auto wait = rates.take("a", kStart);
  ASSERT_TRUE(wait);
  EXPECT_EQ(*wait, milliseconds(200));
  // What was refused costs nothing.
  EXPECT_FALSE(rates.take("a", kStart + *wait));
}

TEST(RequestRates, ClientsDoNotDisturbEachOther) {
  RequestRates rates(3);
  EXPECT_EQ(taken(rates, "a", kStart, 9), 3);
  EXPECT_EQ(taken(rates, "b", kStart, 9), 3);
}

TEST(RequestRates, WhatIsChargedKeepsTheNextOnesWaiting) {
  RequestRates rates(5);
  EXPECT_FALSE(rates.take("a", kStart));
  rates.charge("a", 14, kStart);
  const auto wait = rates.take("a", kStart);
  ASSERT_TRUE(wait);
  EXPECT_EQ(*wait, milliseconds(2200));
  EXPECT_FALSE(rates.take("a", kStart + *wait));
  EXPECT_FALSE(rates.take("b", kStart));
  rates.charge("b", 0, kStart);
  EXPECT_EQ(taken(rates, "b", kStart, 9), 4);
}

TEST(RequestRates, ZeroIsNoLimit) {
  RequestRates rates(0);
  rates.charge("a", 10'000, kStart);
  EXPECT_EQ(taken(rates, "a", kStart, 10'000), 10'000);
  EXPECT_EQ(rates.clients(), 0U);
}

TEST(RequestRates, TheTableIsBoundedAndThoseBeyondItShareABucket) {
  RequestRates rates(2);
  for (std::size_t each = 0; each < RequestRates::kMost; ++each)
    EXPECT_FALSE(rates.take("busy" + std::to_string(each), kStart));
  int others = 0;
  for (int each = 0; each < 50; ++each)
    others += taken(rates, "other" + std::to_string(each), kStart, 1);
  EXPECT_EQ(others, 2);
  EXPECT_EQ(rates.clients(), RequestRates::kMost);
}

TEST(RequestRates, ClientsThatAreQuietMakeRoom) {
  RequestRates rates(2);
  for (std::size_t each = 0; each < RequestRates::kMost; ++each)
    rates.take("quiet" + std::to_string(each), kStart);
  EXPECT_EQ(taken(rates, "new", kStart + seconds(5), 9), 2);
  EXPECT_EQ(rates.clients(), 1U);
}

}  // namespace
}  // namespace dockerhub::web
