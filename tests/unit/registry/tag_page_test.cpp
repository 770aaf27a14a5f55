#include "tag_page.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace dockerhub::registry {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(TagPage, HasNameAndTags) {
  const auto page = parse_tag_page(R"({"name":"a/b","tags":["v1","v2"]})");
  ASSERT_TRUE(page);
  EXPECT_EQ(page->name, "a/b");
  EXPECT_THAT(page->tags, ElementsAre("v1", "v2"));
}

TEST(TagPage, WithoutTagsIsEmpty) {
  EXPECT_THAT(parse_tag_page(R"({"name":"a","tags":null})")->tags, IsEmpty());
  EXPECT_THAT(parse_tag_page(R"({"name":"a"})")->tags, IsEmpty());
}

TEST(TagPage, ThatIsNoListOfTagsIsRefused) {
  for (const char* body : {"{}", R"({"errors":[]})", R"({"name":"a","tags":{}})"}) {
    EXPECT_FALSE(parse_tag_page(body)) << body;
  }
}

TEST(TagPage, PassesOverWhatIsNoText) {
  EXPECT_THAT(parse_tag_page(R"({"tags":["a",1,null,["b"]]})")->tags, ElementsAre("a"));
}

TEST(TagPage, ThatIsNoObjectIsRefused) {
  for (const char* body : {"", "[]", "<html>", "null", R"({"tags":[)"}) {
    EXPECT_FALSE(parse_tag_page(body)) << body;
  }
}

TEST(PageLocally, SortsAndGoesOnAfterTheLastTag) {
  std::vector<std::string> tags = {"c", "a", "d", "b"};
  page_locally(tags, "b");
  EXPECT_THAT(tags, ElementsAre("c", "d"));
}

TEST(PageLocally, DropsNothingWhenTheServerHasGoneOnAlready) {
  std::vector<std::string> tags = {"d", "c"};
  page_locally(tags, "b");
  EXPECT_THAT(tags, ElementsAre("c", "d"));
}

TEST(PageLocally, NamesATagOnce) {
  std::vector<std::string> tags = {"b", "c", "b", "c"};
  page_locally(tags, "b");
  EXPECT_THAT(tags, ElementsAre("c"));
}

}  // namespace
}  // namespace dockerhub::registry
