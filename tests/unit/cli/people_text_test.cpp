#include "people_text.hpp"

#include <gtest/gtest.h>

namespace dockerhub::cli {
namespace {

std::string told(const char* time) {
  const auto parsed = time_of(time);
  return parsed ? relative_time(*parsed, *time_of("2026-03-10T12:00:00Z")) : "no time";
}

std::optional<std::string> cell(const char* column, const char* value) {
  return people_text(column, *json::parse(value), *time_of("2026-03-10T12:00:00Z"));
}

TEST(PeopleText, TellsHowLongAgoATimeWas) {
  EXPECT_EQ(told("2026-03-10T11:59:31Z"), "just now");
  EXPECT_EQ(told("2026-03-10T11:59:00Z"), "1 minute ago");
  EXPECT_EQ(told("2026-03-10T09:00:00.123456Z"), "3 hours ago");
  EXPECT_EQ(told("2026-03-08T12:00:00Z"), "2 days ago");
  EXPECT_EQ(told("2025-12-01T00:00:00Z"), "3 months ago");
  EXPECT_EQ(told("2020-01-01T00:00:00Z"), "6 years ago");
  EXPECT_EQ(told("2026-03-12T12:00:00Z"), "in 2 days");
  EXPECT_EQ(told("0001-01-01T00:00:00Z"), "never");
}

TEST(PeopleText, KnowsOffsets) {
  EXPECT_EQ(told("2026-03-10T13:00:00+02:00"), "1 hour ago");
  EXPECT_EQ(told("2026-03-10T06:30:00-05:30"), "just now");
}

TEST(PeopleText, TakesNothingElseForATime) {
  for (const char* text : {"", "2026-03-10", "2026-02-30T00:00:00Z", "2026-03-10T25:00:00Z",
                           "2026-03-10T11:00:00", "2026-03-10T11:00:00Zx", "2026-03-10T11:00:00.Z",
                           "v2026-03-10T11:00:00Z", "-026-03-10T11:00:00Z"})
    EXPECT_FALSE(time_of(text)) << text;
}

TEST(PeopleText, ShowsSizesInAUnitThatFits) {
  EXPECT_EQ(size_text(0), "0 B");
  EXPECT_EQ(size_text(999), "999 B");
  EXPECT_EQ(size_text(1000), "1.0 kB");
  EXPECT_EQ(size_text(3'400'000), "3.4 MB");
  EXPECT_EQ(size_text(999'949), "999.9 kB");
  EXPECT_EQ(size_text(999'950), "1.0 MB");
  EXPECT_EQ(size_text(18'446'744'073'709'551'615U), "18.4 EB");
}

TEST(PeopleText, IsMadeOfTimesAndOfWhatIsCalledASize) {
  EXPECT_EQ(cell("last_updated", "\"2026-03-10T09:00:00Z\""), "3 hours ago");
  EXPECT_EQ(cell("name", "\"2026-03-10T09:00:00Z\""), std::nullopt) << "a tag may be called so";
  EXPECT_EQ(cell("owner.label", "\"2026-03-10T09:00:00Z\""), std::nullopt);
  EXPECT_EQ(cell("full_size", "2048"), "2.0 kB");
  EXPECT_EQ(cell("images.size", "2048"), "2.0 kB");
  EXPECT_EQ(cell("page_size", "2048"), std::nullopt);
  EXPECT_EQ(cell("star_count", "2048"), std::nullopt);
  EXPECT_EQ(cell("size", "\"large\""), std::nullopt);
  EXPECT_EQ(cell("size", "-1"), std::nullopt);
}

}  // namespace
}  // namespace dockerhub::cli
