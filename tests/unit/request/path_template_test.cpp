#include "http/path_template.hpp"

#include <gtest/gtest.h>

namespace dockerhub::http {
namespace {

TEST(PathTemplate, MakesOneSegmentOfEachValueWhateverIsInIt) {
  const auto path = expand_path("/v2/{a}/tags/{b}", {{"a", {"x/../y?z#"}}, {"b", {"%2e"}}});
  ASSERT_TRUE(path) << path.error().message;
  EXPECT_EQ(*path, "/v2/x%2F..%2Fy%3Fz%23/tags/%252e");
}

TEST(PathTemplate, LeavesNoDotSegments) {
  EXPECT_EQ(expand_path("/v2/{a}/x", {{"a", {".."}}}).value_or(""), "/v2/%2E%2E/x");
  EXPECT_EQ(expand_path("/v2/{a}", {{"a", {"."}}}).value_or(""), "/v2/%2E");
}

TEST(PathTemplate, KeepsTheSlashesOfARepositoryName) {
  EXPECT_EQ(expand_path("/v2/{r}/tags/list", {{"r", {"library/alpine", true}}}).value_or(""),
            "/v2/library/alpine/tags/list");
}

TEST(PathTemplate, RefusesWhatIsNoRepositoryName) {
  for (const char* name : {"../x", "a/../../b", "A", "a?b", "a//b"}) {
    const auto path = expand_path("/v2/{r}/tags/list", {{"r", {name, true}}});
    ASSERT_FALSE(path) << name;
    EXPECT_EQ(path.error().kind, ErrorKind::parameter);
    EXPECT_EQ(path.error().parameter, "r");
  }
}

TEST(PathTemplate, NamesTheValueThatIsMissingOrEmpty) {
  const auto missing = expand_path("/v2/{name}", {});
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().parameter, "name");
  EXPECT_FALSE(expand_path("/v2/{name}", {{"name", {""}}}));
  EXPECT_FALSE(expand_path("/v2/{name", {{"name", {"x"}}}));
}

}  // namespace
}  // namespace dockerhub::http
