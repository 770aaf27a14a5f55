#include "credentials/challenge.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace dockerhub {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;
using testing::SizeIs;

std::vector<Challenge> parse(std::string_view field) {
  return parse_challenges({field});
}

TEST(Challenge, KeepsCommasInQuotes) {
  const auto challenges = parse(
      R"(Bearer realm="https://auth.example/token",service="s",scope="repository:a/b:pull,push")");
  ASSERT_THAT(challenges, SizeIs(1));
  EXPECT_EQ(challenges[0].scheme, "bearer");
  EXPECT_EQ(challenges[0].parameter("realm"), "https://auth.example/token");
  EXPECT_EQ(challenges[0].parameter("service"), "s");
  EXPECT_EQ(challenges[0].parameter("scope"), "repository:a/b:pull,push");
  EXPECT_EQ(challenges[0].parameter("error"), "");
}

TEST(Challenge, IsOneOfSeveralInOneField) {
  const auto challenges =
      parse(R"(Basic realm="x", Bearer realm="https://a/token",service="s" , Negotiate)");
  ASSERT_THAT(challenges, SizeIs(3));
  EXPECT_EQ(challenges[0].scheme, "basic");
  EXPECT_EQ(challenges[0].parameter("realm"), "x");
  EXPECT_EQ(challenges[1].parameter("service"), "s");
  EXPECT_EQ(challenges[2].scheme, "negotiate");
}

TEST(Challenge, MayComeInSeveralFields) {
  http::Headers headers;
  headers.add("WWW-Authenticate", "Basic realm=\"x\"");
  headers.add("www-authenticate", "Bearer realm=\"y\"");
  const auto challenges = challenges_of(headers);
  ASSERT_THAT(challenges, SizeIs(2));
  EXPECT_EQ(preferred(challenges)->parameter("realm"), "y") << "Bearer before Basic";
}

TEST(Challenge, HasNamesInAnyCase) {
  const auto challenges = parse("BEARER Realm=\"r\", SCOPE=s");
  EXPECT_EQ(challenges.at(0).scheme, "bearer");
  EXPECT_EQ(challenges.at(0).parameter("realm"), "r");
  EXPECT_EQ(challenges.at(0).parameter("scope"), "s");
}

TEST(Challenge, UnquotesPairs) {
  EXPECT_EQ(parse(R"(Basic realm="a \"b\" \\c")").at(0).parameter("realm"), R"(a "b" \c)");
}

TEST(Challenge, HasBlanksAroundEqualsAndCommas) {
  EXPECT_THAT(parse("Bearer realm = \"r\" ,\t service\t=s , ,x=1").at(0).parameters,
              ElementsAre(Pair("realm", "r"), Pair("service", "s"), Pair("x", "1")));
}

TEST(Challenge, JoinsARepeatedScopeAndTakesTheFirstOfOthers) {
  const auto challenges = parse(R"(Bearer scope="a:b:c",realm="1",scope="d:e:f",realm="2")");
  EXPECT_EQ(challenges.at(0).parameter("scope"), "a:b:c d:e:f");
  EXPECT_EQ(challenges.at(0).parameter("realm"), "1");
}

TEST(Challenge, MayBeASingleValue) {
  const auto challenges = parse("Negotiate YWJj+/==, NTLM abc , Bearer realm=\"r\"");
  ASSERT_THAT(challenges, SizeIs(3));
  EXPECT_EQ(challenges[0].token68, "YWJj+/==");
  EXPECT_EQ(challenges[1].token68, "abc");
  EXPECT_EQ(challenges[2].parameter("realm"), "r");
}

TEST(Challenge, IsKeptWhenALaterOneBreaksTheGrammar) {
  for (const char* const broken :
       {"Bearer realm=\"no end", "Bearer realm=\"x\" service=\"y\"", "Bearer =x",
        "Bearer realm=\"x\\", "\"quoted\"", "Bearer a=b;c=d"}) {
    const auto challenges = parse("Basic realm=\"x\", " + std::string(broken));
    ASSERT_THAT(challenges, SizeIs(1)) << broken;
    EXPECT_EQ(challenges[0].scheme, "basic");
  }
}

TEST(Challenge, IsNoneInAnEmptyField) {
  EXPECT_THAT(parse(""), IsEmpty());
  EXPECT_THAT(parse(" , ,"), IsEmpty());
  EXPECT_EQ(preferred(parse("Negotiate")), nullptr);
}

TEST(Challenge, IsBounded) {
  std::string many;
  for (int i = 0; i < 100; ++i) many += "Basic realm=\"x\",";
  EXPECT_LE(parse(many).size(), 16U);
  EXPECT_THAT(parse("Basic realm=\"" + std::string(20'000, 'x') + "\""), IsEmpty());
  std::string wide = "Bearer a0=1";
  for (int i = 1; i < 100; ++i) wide += ",a" + std::to_string(i) + "=1";
  EXPECT_THAT(parse(wide), IsEmpty());
}

}  // namespace
}  // namespace dockerhub
