#include "base/time_text.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace dockerhub {
namespace {

using std::chrono::hours;
using std::chrono::microseconds;
using std::chrono::seconds;
using std::chrono::system_clock;

// 2027-01-15T08:00:00Z
const system_clock::time_point kTime = system_clock::from_time_t(1'800'000'000);

TEST(TimeText, IsRfc3339InUtc) {
  EXPECT_EQ(rfc3339(kTime), "2027-01-15T08:00:00Z");
}

TEST(TimeText, IsReadWithAnyOffset) {
  for (const char* const text :
       {"2027-01-15T08:00:00Z", "2027-01-15t08:00:00z", "2027-01-15T10:00:00+02:00",
        "2027-01-15T01:30:00-06:30", "2027-01-16T00:00:00+16:00", "2027-01-15T08:00:00.000Z"})
    EXPECT_EQ(parse_rfc3339(text), kTime) << text;
}

TEST(TimeText, IsReadToTheMicrosecond) {
  EXPECT_EQ(parse_rfc3339("2027-01-15T08:00:00.25Z"), kTime + microseconds(250'000));
  EXPECT_EQ(parse_rfc3339("2027-01-15T08:00:00.123456789Z"), kTime + microseconds(123'456));
}

TEST(TimeText, MayNameALeapDayAndALeapSecond) {
  EXPECT_EQ(parse_rfc3339("2028-02-29T08:00:00Z"), kTime + hours(24) * 410);
  EXPECT_EQ(parse_rfc3339("2027-01-15T07:59:60Z"), kTime);
}

TEST(TimeText, IsNotGuessedFromOtherTexts) {
  for (const char* const text : {"",
                                 "yesterday",
                                 "0",
                                 "2027",
                                 "2027-01-15",
                                 "2027-01-15T08:00:00",
                                 "2027-01-15 08:00:00Z",
                                 "2027-01-15T08:00Z",
                                 "2027-1-15T08:00:00Z",
                                 "2027-01-15T08:00:00.Z",
                                 "2027-01-15T08:00:00+0200",
                                 "2027-01-15T08:00:00+02",
                                 "2027-01-15T08:00:00+24:00",
                                 "2027-01-15T08:00:00+02:60",
                                 "2027-02-29T08:00:00Z",
                                 "2027-13-01T08:00:00Z",
                                 "2027-00-10T08:00:00Z",
                                 "2027-01-00T08:00:00Z",
                                 "2027-01-15T24:00:00Z",
                                 "2027-01-15T08:60:00Z",
                                 "2027-01-15T08:00:61Z",
                                 "+027-01-15T08:00:00Z",
                                 " 2027-01-15T08:00:00Z",
                                 "2027-01-15T08:00:00Z ",
                                 "Fri, 15 Jan 2027 08:00:00 GMT"})
    EXPECT_FALSE(parse_rfc3339(text)) << text;
}

TEST(TimeText, IsNoTimeThatTheClockCannotCount) {
  for (const char* const text :
       {"0000-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "1969-12-31T23:59:59Z",
        "1970-01-01T00:00:00+00:01", "2200-01-01T00:00:00Z", "9999-12-31T23:59:59Z"})
    EXPECT_FALSE(parse_rfc3339(text)) << text;
  EXPECT_EQ(parse_rfc3339("1970-01-01T00:00:00Z"), system_clock::time_point());
  EXPECT_TRUE(parse_rfc3339("2199-12-31T23:59:59.999999Z"));
}

TEST(UnixSeconds, AreATimeOnlyWhereTheClockCanCountThem) {
  EXPECT_EQ(time_of(0), system_clock::time_point());
  EXPECT_EQ(time_of(1'800'000'000), kTime);
  EXPECT_FALSE(time_of(-1));
  EXPECT_FALSE(time_of(9'999'999'999));
  EXPECT_FALSE(time_of(std::numeric_limits<std::int64_t>::max()));
}

}  // namespace
}  // namespace dockerhub
