#include "hub/version_tag.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace dockerhub::hub {
namespace {

using testing::ElementsAre;

TEST(VersionTag, HasUpToThreeNumbers) {
  EXPECT_THAT(parse_version("1.22.333")->numbers, ElementsAre(1, 22, 333));
  EXPECT_THAT(parse_version("v1.2")->numbers, ElementsAre(1, 2));
  EXPECT_TRUE(parse_version("1.2.3")->is_full());
  EXPECT_FALSE(parse_version("1")->is_full());
  for (const char* text : {"", "v", "latest", "1.2.3.4", "1.", "1..2", "1.2.3-", "1.2x", "-1",
                           "99999999999999999999.0.0"})
    EXPECT_FALSE(parse_version(text)) << text;
}

TEST(VersionTag, OfAVariantIsARelease) {
  for (const char* text :
       {"1.2.3-alpine", "1.2.3-alpine3.20", "v1.2.3-slim-bookworm", "1.2.3-arm64v8"}) {
    ASSERT_TRUE(parse_version(text)) << text;
    EXPECT_FALSE(parse_version(text)->is_prerelease) << text;
  }
  EXPECT_EQ(parse_version("1.2.3-alpine3.20")->variant, "alpine3.20");
}

TEST(VersionTag, ThatSaysItComesBeforeIsNoRelease) {
  for (const char* text :
       {"1.2.3-rc.1", "1.2.3-rc1", "1.2.3-beta", "1.2.3-alpine-rc2", "1.2.3-SNAPSHOT",
        "1.2.3-20240131", "1.2.3-5-gabcdef", "1.2.3-nightly"}) {
    ASSERT_TRUE(parse_version(text)) << text;
    EXPECT_TRUE(parse_version(text)->is_prerelease) << text;
  }
}

}  // namespace
}  // namespace dockerhub::hub
