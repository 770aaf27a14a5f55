#include <gtest/gtest.h>

#include "http/client.hpp"

namespace dockerhub::http {
namespace {

using std::chrono::milliseconds;
using namespace std::chrono_literals;

// 6 November 1994, 08:49:37 UTC.
constexpr std::int64_t kSeconds = 784111777;
const std::chrono::system_clock::time_point kClock{std::chrono::seconds(kSeconds)};

std::optional<milliseconds> delay(std::initializer_list<Headers::Field> fields) {
  Headers headers;
  for (const auto& [name, value] : fields) headers.add(name, value);
  return retry_delay(headers, kClock);
}

TEST(RetryDelayTest, IsTakenFromSeconds) {
  EXPECT_EQ(delay({{"Retry-After", "2"}}), 2s);
  EXPECT_EQ(delay({{"retry-after", "0"}}), 0s);
  EXPECT_EQ(delay({{"Retry-After", "0.25"}}), 250ms);
  EXPECT_EQ(delay({{"Retry-After", "3600"}}), 1h);
}

TEST(RetryDelayTest, IsTakenFromEachFormOfADate) {
  for (const char* date : {"Sun, 06 Nov 1994 08:49:47 GMT", "Sunday, 06-Nov-94 08:49:47 GMT",
                           "Sun Nov  6 08:49:47 1994"}) {
    EXPECT_EQ(delay({{"Retry-After", date}}), 10s) << date;
  }
}

TEST(RetryDelayTest, CountsADateFromTheServersOwnClock) {
  EXPECT_EQ(delay({{"Retry-After", "Sun, 06 Nov 1994 10:00:30 GMT"},
                   {"Date", "Sun, 06 Nov 1994 10:00:00 GMT"}}),
            30s);
}

TEST(RetryDelayTest, OfAPastDateIsNone) {
  EXPECT_EQ(delay({{"Retry-After", "Sun, 06 Nov 1994 08:00:00 GMT"}}), 0s);
}

TEST(RetryDelayTest, IsTakenFromTheOlderFieldAsUnixTimeOrSeconds) {
  EXPECT_EQ(delay({{"X-Retry-After", std::to_string(kSeconds + 7)}}), 7s);
  EXPECT_EQ(delay({{"X-Retry-After", "7"}}), 7s);
}

TEST(RetryDelayTest, IsTakenFromTheResetOfTheBudgetAtLast) {
  EXPECT_EQ(delay({{"X-RateLimit-Reset", std::to_string(kSeconds + 9)}}), 9s);
  EXPECT_EQ(delay({{"X-RateLimit-Reset", std::to_string(kSeconds + 9)}, {"X-Retry-After", "7"}}),
            7s);
  EXPECT_EQ(delay({{"X-Retry-After", "7"}, {"Retry-After", "5"}}), 5s);
}

TEST(RetryDelayTest, FallsBackWhenAFieldCannotBeRead) {
  EXPECT_EQ(delay({{"Retry-After", "soon"}, {"X-Retry-After", "7"}}), 7s);
}

TEST(RetryDelayTest, IsUnknownWithoutAReadableField) {
  for (const char* text : {"", "soon", "-5", "+5", "1e3", "inf", "nan", "1.2.3", "0x10", ".",
                           "Sun, 99 Nov 1994 08:49:37 GMT", "Someday, 06-Foo-94 08:49:37 GMT"}) {
    EXPECT_EQ(delay({{"Retry-After", text}}), std::nullopt) << text;
  }
  EXPECT_EQ(delay({}), std::nullopt);
}

TEST(TimeToResetTest, IsCountedFromTheServersOwnClock) {
  Headers headers;
  headers.add("X-RateLimit-Reset", std::to_string(kSeconds + 30));
  EXPECT_EQ(time_to_reset(headers, kClock), 30s);
  headers.add("Date", "Sun, 06 Nov 1994 08:49:57 GMT");  // 20 s after ours
  EXPECT_EQ(time_to_reset(headers, kClock), 10s);
}

TEST(TimeToResetTest, OfAnAnswerThatLayUnreadIsLess) {
  Headers headers;
  headers.add("X-RateLimit-Reset", std::to_string(kSeconds + 30));
  headers.add("Date", "Sun, 06 Nov 1994 08:49:37 GMT");
  EXPECT_EQ(time_to_reset(headers, kClock + 12s, 13s), 18s) << "the clocks agree";
  EXPECT_EQ(time_to_reset(headers, kClock + 1h, 13s), 17s) << "ours is an hour ahead";
  EXPECT_EQ(time_to_reset(headers, kClock - 1h, 13s), 30s) << "ours is an hour behind";
}

TEST(RetryDelayTest, OfAnAbsurdNumberIsBoundedNotOverflown) {
  const auto longest = delay({{"Retry-After", "99999999999999999999"}});
  ASSERT_TRUE(longest);
  EXPECT_GT(*longest, 24h * 365);
  EXPECT_LT(*longest, 24h * 365 * 100);
}

}  // namespace
}  // namespace dockerhub::http
