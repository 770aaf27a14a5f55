#include "http/target.hpp"

#include <gmock/gmock.h>

namespace dockerhub::web {
namespace {

using testing::ElementsAre;
using testing::Pair;

TEST(Target, APathMayHaveSlashesWithinASegment) {
  EXPECT_THAT(*path_segments("/v1/hub_registry/library%2Falpine/"),
              ElementsAre("v1", "hub_registry", "library/alpine"));
  EXPECT_THAT(*path_segments("/"), ElementsAre());
  EXPECT_THAT(*path_segments("/a//b+c"), ElementsAre("a", "", "b+c"));
}

TEST(Target, AQueryKeepsRepeatedNamesInTheirOrder) {
  EXPECT_THAT(*read_query("a=1&b=x+y%26z&a=2&c"),
              ElementsAre(Pair("a", "1"), Pair("b", "x y&z"), Pair("a", "2"), Pair("c", "")));
  EXPECT_THAT(*read_query("&&a==b"), ElementsAre(Pair("a", "=b")));
  EXPECT_THAT(*read_query(""), ElementsAre());
}

TEST(Target, WhatIsNoByteIsRefused) {
  for (const char* wrong : {"%", "%4", "%zz", "a%2", "%+1", "%-1", "% 1"}) {
    EXPECT_FALSE(percent_decoded(wrong)) << wrong;
    EXPECT_FALSE(path_segments("/" + std::string(wrong))) << wrong;
    EXPECT_FALSE(read_query("a=" + std::string(wrong))) << wrong;
  }
}

}  // namespace
}  // namespace dockerhub::web
