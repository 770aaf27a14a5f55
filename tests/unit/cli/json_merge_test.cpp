#include "json_merge.hpp"

#include <gtest/gtest.h>

#include <array>

namespace dockerhub::cli {
namespace {

constexpr std::array<std::string_view, 1> kOurs{"command"};
constexpr const char* kWanted = R"({"servers":{"ours":{"command":"/new","args":[]}}})";

std::string merged(const char* text, const char* wanted = kWanted) {
  return merge_json_text(text, *json::parse(wanted), kOurs);
}

// Both ways have to agree.
json::Document merged_value(const char* text, const char* wanted = kWanted) {
  json::Document document;
  document.CopyFrom(*json::parse(text), document.GetAllocator());
  EXPECT_TRUE(merge_json(document, *json::parse(wanted), kOurs, document));
  return document;
}

TEST(JsonMerge, AddsBehindWhatIsThereInItsIndentation) {
  EXPECT_EQ(merged("{\n\t\"z\": 1.50,\n\t\"servers\": {\n\t\t\"a\": {}\n\t}\n}\n"),
            "{\n\t\"z\": 1.50,\n\t\"servers\": {\n\t\t\"a\": {},\n"
            "\t\t\"ours\": {\n\t\t\t\"command\": \"/new\",\n\t\t\t\"args\": []\n\t\t}\n\t}\n}\n");
}

TEST(JsonMerge, FillsWhatIsEmpty) {
  EXPECT_EQ(merged("{}", R"({"a":{"b":1}})"), "{\n  \"a\": {\n    \"b\": 1\n  }\n}");
  EXPECT_EQ(merged("{\n    \"a\": { }\n}", R"({"a":{"b":1}})"),
            "{\n    \"a\": {\n        \"b\": 1\n    }\n}");
  EXPECT_EQ(merged("{\"a\": null}", R"({"a":{}})"), "{\"a\": {}}");
}

TEST(JsonMerge, KeepsOneLineOneLine) {
  EXPECT_EQ(merged(R"({"a":1})", R"({"b":{"c":2}})"), R"({"a":1, "b": {"c":2}})");
}

TEST(JsonMerge, ReplacesOnlyWhatIsOurs) {
  EXPECT_EQ(
      merged(R"({"servers":{"ours":{"command":"/old","args":["--read-only"],"env":{"A":"1"}}}})"),
      R"({"servers":{"ours":{"command":"/new","args":["--read-only"],"env":{"A":"1"}}}})");
}

TEST(JsonMerge, AddsItemsOnce) {
  constexpr const char* kItems = R"({"inputs":[{"id":"a","x":1},{"id":"b"}]})";
  EXPECT_EQ(merged(R"({"inputs":[{"id":"a","x":2}]})", kItems),
            R"({"inputs":[{"id":"a","x":2}, {"id":"b"}]})");
  EXPECT_EQ(merged(R"({"inputs":[{"id":"a"}, {"id":"b"}]})", kItems),
            R"({"inputs":[{"id":"a"}, {"id":"b"}]})");
}

TEST(JsonMerge, IsNotLedAstrayByTextsThatLookLikeJson) {
  EXPECT_EQ(merged(R"({"a":"}\"{","b":["]"],"servers":{"x":"\\"}})", R"({"servers":{"y":2}})"),
            R"({"a":"}\"{","b":["]"],"servers":{"x":"\\", "y": 2}})");
  EXPECT_EQ(merged("{\"serv\\u0065rs\":{\"y\":1}}", R"({"servers":{"y":2}})"),
            "{\"serv\\u0065rs\":{\"y\":1}}");
}

TEST(JsonMerge, IsTheSameForTextsAndValues) {
  for (const char* text :
       {"{}", R"({"servers":{}})", R"({"servers":null,"z":[1]})", "{\n  \"servers\": {\"a\": 1}\n}",
        R"({"servers":{"ours":{"command":1,"args":["x"]}}})"}) {
    const auto outcome = json::parse(merged(text));
    ASSERT_TRUE(outcome) << text;
    EXPECT_EQ(*outcome, merged_value(text)) << text;
  }
}

TEST(JsonMerge, OfANameThatIsThereTwiceIsTheSameForNeitherReader) {
  const char* const text = R"({"servers":{},"servers":{}})";
  EXPECT_NE(*json::parse(merged(text)), merged_value(text));
}

TEST(JsonMerge, RefusesOtherKindsOfValues) {
  json::Document document;
  document.CopyFrom(*json::parse(R"({"servers":[]})"), document.GetAllocator());
  const auto refused = merge_json(document, *json::parse(kWanted), kOurs, document);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error(), "its \"servers\" is no object");
}

}  // namespace
}  // namespace dockerhub::cli
