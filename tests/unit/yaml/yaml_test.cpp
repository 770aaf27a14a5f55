#include "dockerhub/yaml.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/json.hpp"

namespace dockerhub {
namespace {

std::string yaml(const char* json) {
  return yaml_of_json(json).value();
}

TEST(YamlText, IsABlockOfLines) {
  EXPECT_EQ(yaml(R"({"name":"app","tags":["a",{"b":1,"c":[[2]]}],"none":[],"empty":{}})"),
            "name: app\n"
            "tags:\n"
            "  - a\n"
            "  - b: 1\n"
            "    c:\n"
            "      -\n"
            "        - 2\n"
            "none: []\n"
            "empty: {}\n");
  EXPECT_EQ(yaml("[1,null]"), "- 1\n- null\n");
  EXPECT_EQ(yaml("\"x\""), "x\n");
}

TEST(YamlText, QuotesWhatCouldBeTakenForSomethingElse) {
  EXPECT_EQ(
      yaml(R"(["yes","No","null","1","2024-01-01","a: b","# c","","- d","~"])"),
      "- \"yes\"\n- \"No\"\n- \"null\"\n- \"1\"\n- \"2024-01-01\"\n- \"a: b\"\n- \"# c\"\n- \"\"\n"
      "- \"- d\"\n- \"~\"\n");
  EXPECT_EQ(yaml("[\"a\\nb\\u001b\"]"), "- \"a\\nb\\x1b\"\n");
}

TEST(YamlText, ComesBackAsTheSameValue) {
  const char* const text =
      R"({"a":{"b":[{"c":"true","d":true},[],[1.5,-2]],"e":"x y"},"f g":"\"\\\t","h":null})";
  EXPECT_EQ(json_of_yaml(yaml(text)).value(), json::write(*json::parse(text)));
}

TEST(YamlText, KeepsNumbersAsJsonWritesThem) {
  EXPECT_EQ(yaml("[-0.5,1e300,18446744073709551615,true]"),
            "- -0.5\n- 1e300\n- 18446744073709551615\n- true\n");
}

TEST(JsonOfYaml, TakesForANumberWhatIsOneInJson) {
  EXPECT_EQ(
      json_of_yaml("[1, -1.5e3, 1e999, 9e308, 1.0e309, 0123, +1, 1., .5, 0x1F, 1_000, 1 2, -]")
          .value(),
      R"([1,-1.5e3,"1e999","9e308","1.0e309","0123","+1","1.",".5","0x1F","1_000","1 2","-"])");
}

TEST(JsonOfYaml, SaysTheLineOfWhatIsWrong) {
  const auto json = json_of_yaml("a: 1\nb: [1\n");
  ASSERT_FALSE(json);
  EXPECT_EQ(json.error().kind, ErrorKind::parameter);
  EXPECT_THAT(json.error().message, testing::StartsWith("line "));
}

TEST(JsonOfYaml, GoesNoDeeperThanItsLevels) {
  EXPECT_FALSE(json_of_yaml(std::string(200, '[') + std::string(200, ']')));
  EXPECT_TRUE(json_of_yaml(std::string(100, '[') + std::string(100, ']')));
}

}  // namespace
}  // namespace dockerhub
