#include "http/path_template.hpp"

#include <gtest/gtest.h>

namespace dockerhub::http {
namespace {

TEST(PathTemplate, MakesOneSegmentOfEachValueWhateverIsInIt) {
  const auto path = expand_path("/v2/{a}/tags/{b}", {{"a", {"x/..y?z#"}}, {"b", {"%2e"}}});
  ASSERT_TRUE(path) << path.error().message;
  EXPECT_EQ(*path, "/v2/x%2F..y%3Fz%23/tags/%252e");
}

// Servers that decode before they look would take a delete of one tag for one of the repository.
TEST(PathTemplate, TakesNoValueThatLeadsElsewhere) {
  for (const char* value :
       {".", "..", "../x", "x/..", "x/../y", "x/./y", "..\\x", "a\nb", "a\x7f"}) {
    const auto path = expand_path("/v2/{a}/x", {{"a", {value}}});
    ASSERT_FALSE(path) << value;
    EXPECT_EQ(path.error().kind, ErrorKind::parameter);
    EXPECT_EQ(path.error().parameter, "a");
  }
  EXPECT_FALSE(expand_path("/v2/{a}", {{"a", {std::string("a\0b", 3)}}}));
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

TEST(PathTemplate, IsItselfAPlainPath) {
  for (const char* text : {"", "x", "//host/x", "/a?b", "/a#b", "/a b", "/a/../b", "/a/..", "/./a",
                           "/%61", "/a\r\nb", "/a\\b"}) {
    const auto path = expand_path(text, {});
    ASSERT_FALSE(path) << text;
    EXPECT_EQ(path.error().kind, ErrorKind::module_fault);
  }
  EXPECT_EQ(expand_path("/v2/a-b_c.d:e~f/", {}).value_or(""), "/v2/a-b_c.d:e~f/");
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
