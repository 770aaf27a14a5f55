// URI templates of resources.
#include <gtest/gtest.h>
#include <dockerhub/sdk/uri_template.hpp>

#include <string>

namespace {

std::string matched(std::string_view uri_template, std::string_view uri) {
  const auto variables = dockerhub::sdk::match_uri(uri_template, uri);
  return variables ? variables->text() : "no";
}

TEST(UriTemplate, GivesItsVariablesDecoded) {
  EXPECT_EQ(matched("test://template/{id}/data", "test://template/123/data"), R"({"id":"123"})");
  EXPECT_EQ(matched("a://{x}/{y}", "a://p%20q/%2F"), R"({"x":"p q","y":"/"})");
}

TEST(UriTemplate, AVariableThatIsASegmentHasNoSlash) {
  EXPECT_EQ(matched("a://{x}", "a://1/2"), "no");
  EXPECT_EQ(matched("a://{x}/b", "a://1/2/b"), "no");
}

TEST(UriTemplate, AVariableBeforeOtherTextMayHaveSlashesEscapedOrNot) {
  const auto* image = "a://image/{repo}@{digest}/sbom";
  const std::string variables = R"({"repo":"box:5000/acme/app","digest":"sha256:ab"})";
  EXPECT_EQ(matched(image, "a://image/box:5000/acme/app@sha256:ab/sbom"), variables);
  EXPECT_EQ(matched(image, "a://image/box%3A5000%2Facme%2Fapp@sha256%3Aab/sbom"), variables);
  EXPECT_EQ(matched(image, "a://image/alpine@sha256:ab/c/sbom"), "no");
  EXPECT_EQ(matched(image, "a://image/@sha256:ab/sbom"), "no");
  EXPECT_EQ(matched("a://{x}.json", "a://v1.2/3.json"), R"({"x":"v1.2/3"})");
}

TEST(UriTemplate, AVariableIsNeverEmpty) {
  EXPECT_EQ(matched("a://{x}/b", "a:///b"), "no");
}

TEST(UriTemplate, WithoutVariablesItFitsItselfAlone) {
  EXPECT_EQ(matched("a:b", "a:b"), "{}");
  EXPECT_EQ(matched("a:b", "a:bc"), "no");
  EXPECT_EQ(matched("a:b", "a:"), "no");
}

TEST(UriTemplate, LeavesBrokenEscapesAsTheyAre) {
  EXPECT_EQ(matched("a:{x}", "a:%zz%4"), R"({"x":"%zz%4"})");
}

}  // namespace
