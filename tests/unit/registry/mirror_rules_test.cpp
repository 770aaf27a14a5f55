#include "mirror_rules.hpp"

#include <list>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "json_text.hpp"

namespace dockerhub::registry {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Checked<std::list<MirrorRule>> rules_of(const std::string& repositories,
                                        const std::string& more = "") {
  const auto config = parse_json(R"({"repositories":)" + repositories + more + "}");
  return read_mirror(*config, {});
}

std::vector<std::string> taken_of(const std::string& rule, const std::vector<std::string>& tags) {
  const auto rules = rules_of(R"([{"from":"library/alpine","to":"r.test/a")" + rule + "}]");
  if (!rules) return {rules.error()->message};
  return mirrored_tags(rules->front(), tags);
}

TEST(MirrorRules, SendARepositoryBelowTheCommonPlace) {
  const auto rules =
      rules_of(R"([{"from":"alpine"},{"from":"quay.test/team/app","to":"r.test/x"}])",
               R"(,"to":"r.test/mirror/")");
  ASSERT_TRUE(rules) << rules.error()->message;
  EXPECT_EQ(rules->front().to, "r.test/mirror/library/alpine");
  EXPECT_EQ(rules->back().to, "r.test/x");
}

TEST(MirrorRules, TakeTagsByPatterns) {
  EXPECT_THAT(taken_of("", {"1", "latest"}), ElementsAre("1", "latest"));
  EXPECT_THAT(taken_of(R"(,"tags":["3.*"],"without":["*-rc*"])", {"3.1", "3.2-rc1", "2.9"}),
              ElementsAre("3.1"));
}

TEST(MirrorRules, TakeVersionsOfARange) {
  EXPECT_THAT(taken_of(R"(,"versions":">=3 <4")", {"2.9", "3.1", "3.1-slim", "4.0", "latest"}),
              ElementsAre("3.1", "3.1-slim"));
}

TEST(MirrorRules, TakeTheNewestOfEachVariantAndWhatIsNoVersion) {
  EXPECT_THAT(taken_of(R"(,"newest":2)",
                       {"1.9", "1.10", "1.2", "1.2-slim", "1.1-slim", "1.0-slim", "latest"}),
              ElementsAre("1.9", "1.10", "1.2-slim", "1.1-slim", "latest"));
}

TEST(MirrorRules, TakeVersionsThatAreEqualTogether) {
  EXPECT_THAT(taken_of(R"(,"newest":2)", {"1.0", "2.0", "v2.0", "1.9"}),
              ElementsAre("2.0", "v2.0"));
  EXPECT_THAT(taken_of(R"(,"newest":1)", {"1.0", "v1.0", "0.9", "1.0-slim"}),
              ElementsAre("1.0", "v1.0", "1.0-slim"));
  EXPECT_THAT(taken_of(R"(,"newest":5)", {"1.0", "2.0"}), ElementsAre("1.0", "2.0"));
}

TEST(MirrorRules, TakeTheNewestOfVeryManyTags) {
  std::vector<std::string> tags;
  tags.reserve(100'000);
  for (int i = 0; i < 100'000; ++i) tags.push_back("1." + std::to_string(i * 7919 % 100'000));
  EXPECT_THAT(taken_of(R"(,"newest":2)", tags),
              testing::UnorderedElementsAre("1.99999", "1.99998"));
}

TEST(MirrorRules, TakeNoTagOfADigest) {
  EXPECT_THAT(taken_of(R"(,"tags":["*"])", {"1", "sha256-0a.sig", "sha512-0b"}), ElementsAre("1"));
}

TEST(MirrorRules, WithOneTargetAreRefused) {
  EXPECT_THAT(rules_of(R"([{"from":"a/x","to":"r.test/x"},{"from":"b/x","to":"R.test/x"}])")
                  .error()
                  ->message,
              HasSubstr("another one"));
  EXPECT_FALSE(rules_of(R"([{"from":"alpine"},{"from":"quay.test/library/alpine"}])",
                        R"(,"to":"r.test/mirror")"));
  EXPECT_TRUE(rules_of(R"([{"from":"a/x","to":"r.test/x"},{"from":"a/x","to":"r.test/y"}])"));
}

TEST(MirrorRules, ThatCannotBeUsedNameTheRepository) {
  for (const char* rule :
       {R"([])", R"([7])", R"([{"from":"a"}])", R"([{"from":"a:1","to":"r.test/a"}])",
        R"([{"from":"a","to":"r.test/a:1"}])", R"([{"from":"a","to":"docker.io/library/a"}])",
        R"([{"from":"a","to":"r.test/a","tag":["x"]}])",
        R"([{"from":"a","to":"r.test/a","tags":"x"}])",
        R"([{"from":"a","to":"r.test/a","newest":0}])",
        R"([{"from":"a","to":"r.test/a","versions":"new"}])",
        R"([{"from":"a","to":"r.test/a","platforms":["x"]}])"}) {
    const auto rules = rules_of(rule);
    ASSERT_FALSE(rules) << rule;
    EXPECT_STREQ(rules.error()->parameter, "config");
  }
  EXPECT_THAT(rules_of(R"([{"from":"app","to":"r.test/a","x":1}])").error()->message,
              HasSubstr("app"));
  EXPECT_FALSE(rules_of(R"([{"from":"a","to":"r.test/a"}])", R"(,"cron":"daily")"));
}

}  // namespace
}  // namespace dockerhub::registry
