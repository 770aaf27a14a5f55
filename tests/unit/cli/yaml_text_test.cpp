#include "yaml_text.hpp"

#include <gtest/gtest.h>

#include "document.hpp"

namespace dockerhub::cli {
namespace {

std::string yaml(const char* text) {
  return yaml_text(*json::parse(text));
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
  EXPECT_EQ(document_json(yaml(text), "test").value(), json::write(*json::parse(text)));
}

}  // namespace
}  // namespace dockerhub::cli
