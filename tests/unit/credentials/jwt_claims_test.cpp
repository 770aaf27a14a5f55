#include "credentials/jwt_claims.hpp"

#include <gtest/gtest.h>

#include "fakes.hpp"

namespace dockerhub {
namespace {

using std::chrono::seconds;

constexpr std::int64_t kNow = 1'800'000'000;

seconds usable(const std::string& payload) {
  return usable_time(claims_of(jwt(payload)), std::chrono::system_clock::from_time_t(kNow));
}

std::string times(std::int64_t issued, std::int64_t expires) {
  return "{\"iat\":" + std::to_string(issued) + ",\"exp\":" + std::to_string(expires) + "}";
}

TEST(JwtClaims, AreThoseThatMayBeShown) {
  const auto claims = claims_of(jwt(
      R"({"sub":"s-1","username":"ann","exp":1800000600,"iat":1800000000,"iss":"i","aud":["a"],)"
      R"("scope":"x","uuid":"u-1","email":"ann@example.com","session":"hidden"})"));
  ASSERT_TRUE(claims);
  EXPECT_EQ(claims->shown,
            R"({"sub":"s-1","username":"ann","exp":1800000600,"iat":1800000000,"iss":"i",)"
            R"("aud":["a"],"scope":"x","uuid":"u-1"})");
  EXPECT_EQ(claims->name, "ann");
  EXPECT_EQ(claims->expires_at, 1'800'000'600);
}

TEST(JwtClaims, MayBeInDockersOwnClaim) {
  const auto claims = claims_of(jwt(
      R"({"sub":"s-1","https://hub.docker.com":{"username":"ann","uuid":"u","email":"a@b.c"}})"));
  ASSERT_TRUE(claims);
  EXPECT_EQ(claims->shown, R"({"sub":"s-1","username":"ann","uuid":"u"})");
  EXPECT_EQ(claims->name, "ann");
}

TEST(JwtClaims, AreShownOnlyWhereNothingElseHidesInThem) {
  EXPECT_EQ(
      claims_of(jwt(R"({"aud":[{"email":"a@b.c"}],"scope":{"email":"a@b.c"},"sub":"s"})"))->shown,
      R"({"sub":"s"})");
}

TEST(JwtClaims, NameTheSubjectWhereThereIsNoUser) {
  EXPECT_EQ(claims_of(jwt(R"({"sub":"s-1"})"))->name, "s-1");
}

TEST(JwtClaims, AreNoneInWhatIsNoToken) {
  for (const std::string& token :
       {std::string("opaque"), std::string("a.b"), std::string("a.b.c.d"), std::string("a.!.c"),
        "x." + to_base64url("[1]") + ".y", std::string()})
    EXPECT_FALSE(claims_of(token)) << token;
}

TEST(UsableTime, EndsAMinuteBeforeTheToken) {
  EXPECT_EQ(usable(times(kNow, kNow + 600)), seconds(540));
  EXPECT_EQ(usable("{\"exp\":" + std::to_string(kNow + 600) + "}"), seconds(540));
}

TEST(UsableTime, IsThatOfFiveMinutesWhereTheTokenDoesNotSay) {
  EXPECT_EQ(usable("{}"), seconds(240));
  EXPECT_EQ(usable("{\"exp\":\"soon\"}"), seconds(240));
  EXPECT_EQ(usable_time(std::nullopt, {}), seconds(240));
}

TEST(UsableTime, IsThatOfFiveMinutesWhereTheTokenIsOverAtItsReceipt) {
  EXPECT_EQ(usable(times(kNow - 4200, kNow - 3600)), seconds(240));
}

TEST(UsableTime, IsNotLongerThanTheTokensLifeWhereTheClockIsSlow) {
  EXPECT_EQ(usable(times(kNow + 3600, kNow + 4200)), seconds(540));
}

TEST(UsableTime, IsAPartOfAShortLifeAndAtMostADay) {
  EXPECT_EQ(usable(times(kNow, kNow + 30)), seconds(15));
  EXPECT_EQ(usable(times(kNow, kNow + 1'000'000'000)), seconds(86'400 - 60));
}

}  // namespace
}  // namespace dockerhub
