#include "exchange/routes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

namespace dockerhub::sandbox {
namespace {

using testing::Optional;
using testing::Pair;
using testing::UnorderedElementsAre;

TEST(Routes, NamesTakeOneSegmentAndDotsTakeSeveral) {
  EXPECT_THAT(match_path("/v2/{repository...}/tags/{tag}", "/v2/a/b/c/tags/x"),
              Optional(UnorderedElementsAre(Pair("repository", "a/b/c"), Pair("tag", "x"))));
  EXPECT_EQ(match_path("/v2/{name}/tags", "/v2/a/b/tags"), std::nullopt);
  EXPECT_EQ(match_path("/v2/{repository...}/tags", "/v2/tags"), std::nullopt);
}

TEST(Routes, OneSlashAtTheEndIsPassedOver) {
  EXPECT_NE(match_path("/v2/", "/v2"), std::nullopt);
  EXPECT_NE(match_path("/v2", "/v2/"), std::nullopt);
  EXPECT_EQ(match_path("/v2", "/v2//"), std::nullopt);
}

TEST(Routes, EscapesAreDecodedAfterTheSegmentsAreCut) {
  EXPECT_THAT(match_path("/v2/{name}", "/v2/a%2Fb"),
              Optional(UnorderedElementsAre(Pair("name", "a/b"))));
  EXPECT_EQ(match_path("/v2/{name}", "/v2/%zz"), std::nullopt);
}

TEST(Routes, AnEmptySegmentIsNoValue) {
  EXPECT_EQ(match_path("/v2/{name}/tags", "/v2//tags"), std::nullopt);
}

struct Row {
  std::string_view method, path;
};

TEST(Routes, AKnownPathWithAnotherMethodTellsTheMethods) {
  constexpr std::array<Row, 3> rows = {{{"GET", "/a"}, {"PUT", "/a"}, {"GET", "/b"}}};
  EXPECT_EQ(find_route(std::span<const Row>(rows), "PUT", "/a").row, &rows[1]);
  EXPECT_EQ(find_route(std::span<const Row>(rows), "POST", "/a").allowed, "GET, PUT");
  EXPECT_EQ(find_route(std::span<const Row>(rows), "POST", "/c").allowed, "");
}

}  // namespace
}  // namespace dockerhub::sandbox
