#include "base/value_check.hpp"

#include <gtest/gtest.h>

namespace dockerhub {
namespace {

// What check_value() makes of a JSON text: its canonical form, or "! " and the problem.
std::string checked(const Parameter& parameter, const std::string& json) {
  auto document = json::parse(json);
  EXPECT_TRUE(document) << json;
  if (const auto problem = check_value(parameter, *document)) return "! " + *problem;
  return json::write(*document);
}

Parameter of(ParameterType type) {
  Parameter parameter;
  parameter.name = "p";
  parameter.type = type;
  return parameter;
}

TEST(CheckValue, IntegersMayBeTextsOrWholeDoubles) {
  const Parameter integer = of(ParameterType::integer);
  EXPECT_EQ(checked(integer, "\"-7\""), "-7");
  EXPECT_EQ(checked(integer, "5.0"), "5");
  EXPECT_EQ(checked(integer, "9223372036854775807"), "9223372036854775807");
  EXPECT_EQ(checked(integer, "9223372036854775808").substr(0, 1), "!");
  EXPECT_EQ(checked(integer, "\"0x10\"").substr(0, 1), "!");
  EXPECT_EQ(checked(integer, "\" 1\"").substr(0, 1), "!");
}

TEST(CheckValue, OfAnotherTypeIsRefusedWithTheTypeThatIsWanted) {
  EXPECT_EQ(checked(of(ParameterType::string), "7"), "! must be a string, is '7'");
  EXPECT_EQ(checked(of(ParameterType::number), "\"x\""), "! must be a number, is 'x'");
  EXPECT_EQ(checked(of(ParameterType::boolean), "1"), "! must be true or false, is '1'");
  EXPECT_EQ(checked(of(ParameterType::array), "{}"), "! must be an array, is '{}'");
  EXPECT_EQ(checked(of(ParameterType::object), "[]"), "! must be an object, is '[]'");
  EXPECT_EQ(checked(of(ParameterType::repository), "[\"a\"]"),
            "! must be a repository name, is '[\"a\"]'");
  EXPECT_EQ(checked(of(ParameterType::store), "true"), "! must be the name of a store, is 'true'");
}

TEST(CheckValue, RangesAreInclusive) {
  Parameter integer = of(ParameterType::integer);
  integer.minimum = 1;
  integer.maximum = 100;
  EXPECT_EQ(checked(integer, "1"), "1");
  EXPECT_EQ(checked(integer, "100"), "100");
  EXPECT_EQ(checked(integer, "101"), "! must be at most 100, is '101'");
}

TEST(CheckValue, PatternsHaveToMatchTheWholeText) {
  Parameter text = of(ParameterType::string);
  text.pattern = "[a-z]+|x1";
  EXPECT_EQ(checked(text, "\"abc\""), "\"abc\"");
  EXPECT_EQ(checked(text, "\"x1\""), "\"x1\"");
  EXPECT_EQ(checked(text, "\"abc1\"").substr(0, 1), "!");
  EXPECT_EQ(checked(text, "\"abc\\n\"").substr(0, 1), "!");
}

TEST(CheckValue, ACostlyPatternEndsInARefusal) {
  Parameter text = of(ParameterType::string);
  text.pattern = "(a+)+b";
  EXPECT_EQ(checked(text, "\"" + std::string(5000, 'a') + "\"").substr(0, 1), "!");
}

TEST(CheckValue, RepositoryNamesFollowTheDistributionSpecification) {
  const Parameter repository = of(ParameterType::repository);
  for (const char* good : {"alpine", "library/alpine", "a/b/c", "a__b", "a.b-c", "a---b"}) {
    EXPECT_EQ(checked(repository, "\"" + std::string(good) + "\"")[0], '"') << good;
  }
  for (const char* bad :
       {"", "Alpine", "a//b", "/a", "a/", "a..b", "a:b", "../a", "a b", "a___b", "-a"}) {
    EXPECT_EQ(checked(repository, "\"" + std::string(bad) + "\"")[0], '!') << bad;
  }
  EXPECT_EQ(checked(repository, "\"" + std::string(256, 'a') + "\"")[0], '!');
}

TEST(CheckValue, APathSegmentIsNeverEmpty) {
  Parameter segment = of(ParameterType::string);
  EXPECT_EQ(checked(segment, "\"\""), "\"\"");
  segment.wire.place = Wire::Place::path;
  EXPECT_EQ(checked(segment, "\"\""), "! must not be empty");
}

TEST(CheckValue, LongValuesAreNotQuotedWhole) {
  EXPECT_LT(checked(of(ParameterType::integer), "\"" + std::string(10'000, 'x') + "\"").size(),
            200U);
}

}  // namespace
}  // namespace dockerhub
