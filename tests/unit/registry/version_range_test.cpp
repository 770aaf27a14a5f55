#include "version_range.hpp"

#include <gtest/gtest.h>

namespace dockerhub::registry {
namespace {

bool range_fits(const char* range, const char* tag) {
  const auto parsed = VersionRange::parse(range);
  const auto version = hub::parse_version(tag);
  return parsed && version && parsed->fits(*version);
}

TEST(VersionRange, IsWhatAllOfItHoldsFor) {
  EXPECT_TRUE(range_fits(">=3.18 <4", "3.18.0"));
  EXPECT_TRUE(range_fits(">=3.18,<4", "v3.20"));
  EXPECT_FALSE(range_fits(">=3.18 <4", "3.17.9"));
  EXPECT_FALSE(range_fits(">=3.18 <4", "4"));
  EXPECT_FALSE(range_fits(">1", "1.0.0"));
  EXPECT_TRUE(range_fits("<=1.0", "1"));
  EXPECT_TRUE(range_fits("=1.2", "1.2.0"));
}

TEST(VersionRange, OfABeginningIsWhatBeginsSo) {
  EXPECT_TRUE(range_fits("3.1", "3.1.4"));
  EXPECT_TRUE(range_fits("3", "3.1-alpine"));
  EXPECT_FALSE(range_fits("3.1", "3.10.0"));
  EXPECT_FALSE(range_fits("3.1", "3"));
}

TEST(VersionRange, HasNothingThatComesBeforeARelease) {
  EXPECT_FALSE(range_fits(">=1", "2.0.0-rc.1"));
}

TEST(VersionRange, OfOtherTextsIsNone) {
  for (const char* text : {"", " ", "latest", ">=", ">= 1", "1.2.3.4", ">1-rc", "^1"})
    EXPECT_FALSE(VersionRange::parse(text)) << text;
}

}  // namespace
}  // namespace dockerhub::registry
