#include "hub/glob.hpp"

#include <gtest/gtest.h>

#include <string>

namespace dockerhub::hub {
namespace {

TEST(Glob, FitsTheWholeText) {
  EXPECT_TRUE(glob_fits("latest", "latest"));
  EXPECT_FALSE(glob_fits("latest", "latest-2"));
  EXPECT_FALSE(glob_fits("atest", "latest"));
}

TEST(Glob, StarStandsForAnyCharactersAndNone) {
  EXPECT_TRUE(glob_fits("v*", "v"));
  EXPECT_TRUE(glob_fits("v*", "v1.2"));
  EXPECT_TRUE(glob_fits("*-alpine*", "1.2-alpine3.20"));
  EXPECT_TRUE(glob_fits("a*b*c", "a-b-b-c"));
  EXPECT_FALSE(glob_fits("a*b*c", "a-c-b"));
  EXPECT_TRUE(glob_fits("*", ""));
}

TEST(Glob, QuestionMarkStandsForOneCharacter) {
  EXPECT_TRUE(glob_fits("v?", "v1"));
  EXPECT_FALSE(glob_fits("v?", "v"));
  EXPECT_FALSE(glob_fits("v?", "v10"));
}

TEST(Glob, EndsSoonForPatternsThatTryMuch) {
  const std::string pattern = "*a*a*a*a*a*a*a*a*a*a*b";
  EXPECT_FALSE(glob_fits(pattern, std::string(5000, 'a')));
}

}  // namespace
}  // namespace dockerhub::hub
