#include "repos/cleanup/rules.hpp"

#include <gtest/gtest.h>

#include "repository.hpp"

namespace dockerhub::repos::cleanup {
namespace {

using test::kDay;
using test::kNow;

tl::expected<Rules, WrongRule> rules_of(std::string_view json) {
  return read_rules(*sdk::parse_json(json), kNow);
}

std::string wrong(std::string_view json) {
  const auto rules = rules_of(json);
  return rules ? "" : rules.error().rule;
}

TEST(Rules, CountAgesBackFromNow) {
  EXPECT_EQ(rules_of(R"({"older_than": "90d"})")->older_than, kNow - 90 * kDay);
  EXPECT_EQ(rules_of(R"({"older_than": "36h"})")->older_than, kNow - 36 * 3600);
  EXPECT_EQ(rules_of(R"({"not_pulled_for": "2w"})")->not_pulled_for, kNow - 14 * kDay);
  EXPECT_EQ(rules_of(R"({"not_pulled_for": "1y"})")->not_pulled_for, kNow - 365 * kDay);
  EXPECT_EQ(rules_of(R"({"older_than": "1970-01-02T00:00:00Z"})")->older_than, kDay);
}

TEST(Rules, TakeOneTextForAList) {
  EXPECT_EQ(rules_of(R"({"keep": "latest"})")->keep, std::vector<std::string>{"latest"});
  const auto rules = rules_of(R"({"keep_newest": [3, "nightly-*=5", "a=b=2"]})");
  ASSERT_TRUE(rules);
  EXPECT_EQ(rules->keep_newest[0].pattern, "*");
  EXPECT_EQ(rules->keep_newest[0].count, 3U);
  EXPECT_EQ(rules->keep_newest[1].pattern, "nightly-*");
  EXPECT_EQ(rules->keep_newest[2].pattern, "a=b");
}

TEST(Rules, ThatAreWrongAreNamed) {
  EXPECT_EQ(wrong(R"({"older": "90d"})"), "older");
  EXPECT_EQ(wrong(R"({"older_than": 90})"), "older_than");
  EXPECT_EQ(wrong(R"({"older_than": "90m"})"), "older_than");
  EXPECT_EQ(wrong(R"({"older_than": "-1d"})"), "older_than");
  EXPECT_EQ(wrong(R"({"older_than": "9999999d"})"), "older_than");
  EXPECT_EQ(wrong(R"({"keep_newest": ["=3"]})"), "keep_newest");
  EXPECT_EQ(wrong(R"({"keep_newest": ["x"]})"), "keep_newest");
  EXPECT_EQ(wrong(R"({"keep_newest": [-1]})"), "keep_newest");
  EXPECT_EQ(wrong(R"({"keep": [""]})"), "keep");
  EXPECT_EQ(wrong(R"({"keep": {"a": 1}})"), "keep");
  // What a variable that was not set leaves: it must not mean every tag.
  EXPECT_EQ(wrong(R"({"only": [], "older_than": "1d"})"), "only");
  EXPECT_EQ(wrong(R"({"keep": []})"), "keep");
  EXPECT_EQ(wrong(R"({"keep_newest": []})"), "keep_newest");
  EXPECT_EQ(wrong(R"({"keep_releases": "some"})"), "keep_releases");
  EXPECT_EQ(wrong(R"({"untagged": "yes"})"), "untagged");
}

TEST(Rules, SayWhatMayGo) {
  EXPECT_FALSE(rules_of(R"({"keep": ["latest"], "keep_releases": "all"})")->takes_tags());
  EXPECT_TRUE(rules_of(R"({"older_than": "1d"})")->may_go("any"));
  const auto newest = rules_of(R"({"keep_newest": ["nightly-*=3"]})");
  EXPECT_TRUE(newest->may_go("nightly-1"));
  EXPECT_FALSE(newest->may_go("v1"));
  EXPECT_TRUE(rules_of(R"({"keep_newest": ["nightly-*=3"], "older_than": "1d"})")->may_go("v1"));
  EXPECT_FALSE(rules_of(R"({"only": ["x"], "older_than": "1d"})")->may_go("v1"));
}

TEST(Rules, AreReadAsTheyWereWritten) {
  const auto rules =
      rules_of(R"({"only": ["a*"], "keep": ["b"], "keep_newest": ["c=2"], "older_than": "9d",
    "keep_releases": "latest_patch", "not_pulled_for": "3d", "untagged": true})");
  ASSERT_TRUE(rules);
  const auto again = read_rules(*sdk::parse_json(rules->json().text()), kNow + kDay);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->json().text(), rules->json().text());
}

}  // namespace
}  // namespace dockerhub::repos::cleanup
