#include "credentials/token_answer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fakes.hpp"

namespace dockerhub {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::HasSubstr;
using testing::Not;

class TokenAnswers : public testing::Test {
 protected:
  Result<TokenAnswer> read(std::string body) { return read_token(body, book_); }
  milliseconds usable(const std::string& members) {
    // 2027-01-15T08:00:00Z
    return usable_time(read("{\"token\":\"t\"" + members + "}").value(),
                       std::chrono::system_clock::from_time_t(1'800'000'000));
  }

  SecretBook book_;
};

TEST_F(TokenAnswers, HaveATokenByOneOfTwoNames) {
  EXPECT_EQ(value_of(read(R"({"token":"one"})")->token), "one");
  EXPECT_EQ(value_of(read(R"({"access_token":"two"})")->token), "two");
  EXPECT_EQ(value_of(read(R"({"token":"one","access_token":"two"})")->token), "two");
}

TEST_F(TokenAnswers, MakeTheirTokenKnownAndLeaveNothingOfIt) {
  std::string body = R"({"token":"a-long-token-value"})";
  const auto token = read_token(body, book_);
  EXPECT_TRUE(body.empty());
  ASSERT_EQ(book_.known()->values.size(), 1U);
  EXPECT_EQ(book_.known()->values[0].reveal(), "a-long-token-value");
}

TEST_F(TokenAnswers, AreRefusedWithoutTheirText) {
  for (const char* const body : {"", "SECRET", "[]", "{}", R"({"token":""})", R"({"token":7})",
                                 R"({"token":null})", R"({"token":"SECRET\r\nX-Evil: 1"})",
                                 R"({"token":"SECRET and more"})", R"({"token":"SECRET"} x)"}) {
    const auto token = read(body);
    ASSERT_FALSE(token) << body;
    EXPECT_EQ(token.error().kind, ErrorKind::auth);
    EXPECT_THAT(token.error().message, Not(HasSubstr("SECRET")));
  }
}

TEST_F(TokenAnswers, LastAMinuteUnlessTheySayMore) {
  EXPECT_EQ(usable(""), seconds(50));
  EXPECT_EQ(usable(R"(,"expires_in":60)"), seconds(50));
  EXPECT_EQ(usable(R"(,"expires_in":300)"), seconds(250));
  EXPECT_EQ(usable(R"(,"expires_in":3600)"), seconds(3540));
  EXPECT_EQ(usable(R"(,"expires_in":300.5)"), seconds(250)) << "whole seconds count";
}

TEST_F(TokenAnswers, AreUsedLessLongWhenTheyWereIssuedEarlier) {
  EXPECT_EQ(usable(R"(,"expires_in":300,"issued_at":"2027-01-15T07:59:00Z")"), seconds(200));
  EXPECT_EQ(usable(R"(,"expires_in":300,"issued_at":"2027-01-15T09:59:00.123456789+02:00")"),
            milliseconds(200'103));
}

TEST_F(TokenAnswers, DoNotDependOnAClockThatIsWrong) {
  EXPECT_EQ(usable(R"(,"expires_in":300,"issued_at":"2027-01-15T07:00:00Z")"), seconds(250));
  EXPECT_EQ(usable(R"(,"expires_in":300,"issued_at":"2027-01-15T09:00:00Z")"), seconds(250));
  for (const char* const never :
       {"yesterday", "0000-00-00T00:00:00Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"})
    EXPECT_EQ(usable(R"(,"expires_in":300,"issued_at":")" + std::string(never) + '"'), seconds(250))
        << never;
}

TEST_F(TokenAnswers, KeepToSensibleTimes) {
  EXPECT_GT(usable(R"(,"expires_in":0)").count(), 0);
  EXPECT_GT(usable(R"(,"expires_in":-5)").count(), 0);
  EXPECT_LE(usable(R"(,"expires_in":1e300)"), std::chrono::hours(24));
}

}  // namespace
}  // namespace dockerhub
