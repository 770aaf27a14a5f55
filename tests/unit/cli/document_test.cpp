#include "document.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace dockerhub::cli {
namespace {

std::string json_of(std::string_view text) {
  const Result<std::string> json = document_json(text, "file.yaml");
  return json ? *json : "refused: " + json.error().message;
}

TEST(DocumentTest, JsonIsTakenAsJson) {
  EXPECT_EQ(json_of(R"({"a": [1, "x", null]})"), R"({"a":[1,"x",null]})");
}

TEST(DocumentTest, YamlScalarsHaveTheirTypes) {
  EXPECT_EQ(json_of("a: 1\nb: 1.5\nc: true\nd: ~\ne: text\nf: '1'\ng: !!str 2\nh: \"true\"\n"),
            R"({"a":1,"b":1.5,"c":true,"d":null,"e":"text","f":"1","g":"2","h":"true"})");
}

TEST(DocumentTest, YamlNestsAndFollowsAliases) {
  EXPECT_EQ(json_of("x: &x [1, 2]\ny: *x\n"), R"({"x":[1,2],"y":[1,2]})");
}

TEST(DocumentTest, WrongYamlNamesFileAndLine) {
  EXPECT_THAT(json_of("a: 1\nb: [1\n"),
              testing::AllOf(testing::HasSubstr("file.yaml"), testing::HasSubstr("line ")));
}

TEST(DocumentTest, AliasesDoNotExplode) {
  std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int level = 1; level < 12; ++level) {
    const std::string before = "*a" + std::to_string(level - 1);
    bomb += "a" + std::to_string(level) + ": &a" + std::to_string(level) + " [";
    for (int i = 0; i < 10; ++i) bomb += before + ", ";
    bomb += before + "]\n";
  }
  EXPECT_THAT(json_of(bomb), testing::HasSubstr("too many nodes"));
}

}  // namespace
}  // namespace dockerhub::cli
