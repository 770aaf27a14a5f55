#include "signed_tokens/claim_rules.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace dockerhub {
namespace {

constexpr std::int64_t kNow = 1'800'000'000;

tl::expected<SignedToken, std::string_view> check(const std::string& claims) {
  const auto document = json::parse(claims);
  return check_claims(*document, "issuer", "here", kNow);
}

// Good claims, and these.
std::string with(const std::string& more) {
  return R"({"iss":"issuer","aud":"here","sub":"alice","exp":1800000300)" + more + "}";
}

std::string refusal(const std::string& claims) {
  const auto checked = check(claims);
  return checked ? "accepted" : std::string(checked.error());
}

TEST(Claims, AreAcceptedAsTheyShouldBe) {
  EXPECT_EQ(check(with(""))->subject, "alice");
  EXPECT_EQ(refusal(with(R"(,"nbf":1800000000,"iat":1799999000.5)")), "accepted");
}

TEST(Claims, OfAnotherIssuerAreRefused) {
  for (const char* issuer : {R"("iss":"issuer/",)", R"("iss":["issuer"],)", ""}) {
    EXPECT_EQ(refusal(std::string("{") + issuer + R"("aud":"here","sub":"a","exp":1800000300})"),
              "the token is of another issuer (iss)");
  }
}

TEST(Claims, ForAnotherAudienceAreRefused) {
  for (const char* audience :
       {R"("aud":"there",)", R"("aud":["there","her"],)", R"("aud":[["here"]],)", ""}) {
    EXPECT_EQ(
        refusal(std::string("{") + audience + R"("iss":"issuer","sub":"a","exp":1800000300})"),
        "the token is for another audience (aud)");
  }
  EXPECT_EQ(refusal(R"({"aud":["there","here"],"iss":"issuer","sub":"a","exp":1800000300})"),
            "accepted");
}

struct TimeCase {
  const char* claims;
  const char* outcome;
};

class Times : public testing::TestWithParam<TimeCase> {};

TEST_P(Times, AreChecked) {
  EXPECT_EQ(refusal(std::string(R"({"iss":"issuer","aud":"here","sub":"alice")") +
                    GetParam().claims + "}"),
            GetParam().outcome);
}

INSTANTIATE_TEST_SUITE_P(
    All, Times,
    testing::Values(
        TimeCase{"", "the token has no end (exp)"}, TimeCase{R"(,"exp":1799999941)", "accepted"},
        TimeCase{R"(,"exp":1799999940)", "the token is over"},
        TimeCase{R"(,"exp":"1800000300")", "a time of the token is no number"},
        TimeCase{R"(,"exp":1e300)", "a time of the token is no number"},
        TimeCase{R"(,"exp":-1)", "a time of the token is no number"},
        TimeCase{R"(,"exp":null)", "a time of the token is no number"},
        TimeCase{R"(,"exp":1800000300,"nbf":1800000060)", "accepted"},
        TimeCase{R"(,"exp":1800000300,"nbf":1800000061)", "the token is not valid yet"},
        TimeCase{R"(,"exp":1800000300,"iat":1800000061)", "the token is from the future"},
        TimeCase{R"(,"exp":1800000300,"nbf":"soon")", "a time of the token is no number"}));

TEST(Claims, ThatNameNobodyOrHideWhoItIsAreRefused) {
  for (const char* subject : {"", R"(,"sub":"")", R"(,"sub":7)", R"(,"sub":"a\u202eb")",
                              R"(,"client_id":"ci")", R"(,"sub":"","client_id":"alice")"}) {
    EXPECT_EQ(
        refusal(std::string(R"({"iss":"issuer","aud":"here","exp":1800000300)") + subject + "}"),
        "the token does not say who it is for (sub)");
  }
}

TEST(Claims, ThatAreBoundToAKeyAreRefused) {
  EXPECT_THAT(refusal(with(R"(,"cnf":{"jkt":"x"})")), testing::HasSubstr("cnf"));
}

TEST(Claims, SayScopesInEitherForm) {
  const auto scopes = [](const char* claim) { return check(with(claim))->scopes; };
  EXPECT_THAT(scopes(""), testing::IsEmpty());
  EXPECT_THAT(scopes(R"(,"scope":" a  b ")"), testing::ElementsAre("a", "b"));
  EXPECT_THAT(scopes(R"(,"scp":["a","b",3])"), testing::ElementsAre("a", "b"));
  EXPECT_THAT(scopes(R"(,"scp":"a b")"), testing::ElementsAre("a", "b"));
  EXPECT_THAT(scopes(R"(,"scope":"a","scp":["b"])"), testing::ElementsAre("a"));
  EXPECT_THAT(scopes(R"(,"scope":7)"), testing::IsEmpty());
}

}  // namespace
}  // namespace dockerhub
