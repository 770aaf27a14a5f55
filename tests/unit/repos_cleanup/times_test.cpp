#include "hub/times.hpp"

#include <gtest/gtest.h>

namespace dockerhub::hub {
namespace {

TEST(Times, AreReadAsDockerHubWritesThem) {
  EXPECT_EQ(unix_time("1970-01-02T00:00:00Z"), 86400);
  EXPECT_EQ(unix_time("1970-01-02T00:00:00.506400Z"), 86400);
  EXPECT_EQ(unix_time("1970-01-02T01:30:00+01:30"), 86400);
  EXPECT_EQ(unix_time("1970-01-01t22:00:00-02:00"), 86400);
  EXPECT_EQ(unix_time("1970-01-02T00:00:00"), 86400);
}

TEST(Times, ThatAreNoneAreNotGuessed) {
  for (const char* text : {"", "yesterday", "2024-01-31", "2024-01-31T00:00:00X",
                           "2024-01-31T00:00:00+1:00", "2024-13-31T00:00:00Z"})
    EXPECT_FALSE(unix_time(text)) << text;
}

TEST(Ages, AreTimesSoLongAgo) {
  constexpr UnixTime kNow = 1'000'000'000;
  EXPECT_EQ(time_ago("12h", kNow), kNow - 12 * 3600);
  EXPECT_EQ(time_ago("7d", kNow), kNow - 7 * 86400);
  EXPECT_EQ(time_ago("2w", kNow), kNow - 14 * 86400);
  EXPECT_EQ(time_ago("1y", kNow), kNow - 365 * 86400);
  EXPECT_EQ(time_ago("0d", kNow), kNow);
  EXPECT_EQ(time_ago("99999y", kNow), 0);
  for (const char* text : {"", "d", "7", "-7d", "+7d", "7D", "7 d", "7m", "1.5d", "100001d", "7dd"})
    EXPECT_FALSE(time_ago(text, kNow)) << text;
}

TEST(Times, AreWrittenInUtc) {
  EXPECT_EQ(rfc3339(86400), "1970-01-02T00:00:00Z");
  EXPECT_EQ(unix_time(rfc3339(1'800'000'000)), 1'800'000'000);
}

}  // namespace
}  // namespace dockerhub::hub
