#include "credentials/hub_sign_in.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fakes.hpp"

namespace dockerhub {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class HubSignInTest : public testing::Test {
 protected:
  Result<HubSignIn> sign_in(const std::string& secret, const LoginAsker& asker = {}) {
    return sign_in_to_hub({service_.fetch(), book_, url("https://hub.example")}, "ann", secret,
                          asker, {});
  }
  std::vector<std::string> paths() const {
    std::vector<std::string> all;
    for (const http::Request& request : service_.requests()) all.push_back(request.url.path);
    return all;
  }
  LoginAsker person(const std::string& code, Decision decision) {
    LoginAsker asker;
    asker.code = [code] { return std::optional(code); };
    asker.agree = [this, decision](const std::string& text) {
      agreed_to_ = text;
      return decision;
    };
    return asker;
  }

  SecretBook book_;
  std::string agreed_to_;
  std::string code_ = "123456";
  bool two_factors_ = false;
  http::Answer made_ = answer(201, R"({"uuid":"u","token":"dckr_pat_made"})");
  FakeService service_{[this](const http::Request& request) -> Result<http::Answer> {
    const std::string& path = request.url.path;
    const auto has = [&](std::string_view text) {
      return request.body.find(text) != std::string::npos;
    };
    if (path == "/v2/auth/token")
      return has("\"identifier\":\"ann\"") && has("dckr_pat_good")
                 ? answer(200, R"({"access_token":"session"})")
                 : answer(401, R"({"detail":"CANARY"})");
    if (path == "/v2/users/login") {
      if (!has("\"username\":\"ann\"") || !has("\"password\":\"good\""))
        return answer(401, R"({"detail":"CANARY"})");
      return two_factors_ ? answer(401, R"({"detail":"x","login_2fa_token":"challenge"})")
                          : answer(200, R"({"token":"session"})");
    }
    if (path == "/v2/users/2fa-login")
      return has("\"login_2fa_token\":\"challenge\"") && has("\"code\":\"" + code_ + "\"")
                 ? answer(200, R"({"token":"session-of-two"})")
                 : answer(401, R"({"detail":"CANARY"})");
    if (path == "/v2/access-tokens" && value_of(request.authorization) == "Bearer session-of-two")
      return made_;
    return answer(404, "{}");
  }};
};

TEST_F(HubSignInTest, TriesAnAccessTokenAsOne) {
  const auto done = sign_in("dckr_pat_good");
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_EQ(value_of(done->secret), "dckr_pat_good");
  EXPECT_THAT(paths(), ElementsAre("/v2/auth/token"));
  for (const char* const secret : {"dckr_pat_bad", "dckr_oat_bad"}) {
    const auto refused = sign_in(secret);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::auth);
    EXPECT_THAT(refused.error().message, HasSubstr("nothing was stored"));
    EXPECT_THAT(refused.error().message + refused.error().hint,
                AllOf(Not(HasSubstr("CANARY")), Not(HasSubstr(secret))));
  }
}

TEST_F(HubSignInTest, TriesAPasswordOnce) {
  ASSERT_TRUE(sign_in("good"));
  const auto refused = sign_in("bad");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::auth);
  EXPECT_THAT(paths(), ElementsAre("/v2/users/login", "/v2/users/login"))
      << "each further try counts towards a lock";
}

TEST_F(HubSignInTest, MakesATokenInPlaceOfAPasswordThatNeedsACode) {
  two_factors_ = true;
  const auto done = sign_in("good", person("123456", Decision::approved));
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_EQ(value_of(done->secret), "dckr_pat_made");
  EXPECT_THAT(done->made_token, HasSubstr("dockerhub"));
  EXPECT_THAT(agreed_to_, HasSubstr(done->made_token));
  EXPECT_THAT(service_.requests().back().body, HasSubstr("repo:admin"));
}

TEST_F(HubSignInTest, SendsNoPasswordAndNoCodeTwice) {
  two_factors_ = true;
  ASSERT_TRUE(sign_in("good", person("123456", Decision::approved)));
  for (const http::Request& request : service_.requests())
    EXPECT_FALSE(request.repeatable) << request.url.path;
  EXPECT_THAT(paths(), ElementsAre("/v2/users/login", "/v2/users/2fa-login", "/v2/access-tokens"));
}

TEST_F(HubSignInTest, MakesNoTokenWithoutConsent) {
  two_factors_ = true;
  const auto denied = sign_in("good", person("123456", Decision::denied));
  ASSERT_FALSE(denied);
  EXPECT_EQ(denied.error().kind, ErrorKind::approval);
  EXPECT_THAT(paths(), Not(testing::Contains("/v2/access-tokens")));
}

TEST_F(HubSignInTest, NeedsTheRightCodeAndSomebodyToAsk) {
  two_factors_ = true;
  const auto wrong = sign_in("good", person("000000", Decision::approved));
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().kind, ErrorKind::auth);
  EXPECT_THAT(wrong.error().message, HasSubstr("the code"));
  const auto alone = sign_in("good");
  ASSERT_FALSE(alone);
  EXPECT_EQ(alone.error().kind, ErrorKind::auth);
  EXPECT_THAT(alone.error().hint, HasSubstr("access token"));
}

TEST_F(HubSignInTest, GoesOnWhereTheOldRouteIsGone) {
  FakeService newer([](const http::Request& request) -> Result<http::Answer> {
    return request.url.path == "/v2/auth/token" ? answer(200, "{}") : answer(404, "{}");
  });
  EXPECT_TRUE(
      sign_in_to_hub({newer.fetch(), book_, url("https://hub.example")}, "ann", "good", {}, {}));
}

TEST_F(HubSignInTest, SaysThatNoTokenWasMade) {
  two_factors_ = true;
  made_ = answer(403, R"({"detail":"CANARY"})");
  const auto refused = sign_in("good", person("123456", Decision::approved));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().status_code, 403);
  EXPECT_THAT(refused.error().message, HasSubstr("made no access token; nothing was stored"));
}

TEST_F(HubSignInTest, NamesATokenThatWasMadeAndNotTold) {
  two_factors_ = true;
  made_ = answer(201, R"({"uuid":"u"})");
  const auto failed = sign_in("good", person("123456", Decision::approved));
  ASSERT_FALSE(failed);
  EXPECT_THAT(failed.error().message, HasSubstr("nothing was stored"));
  EXPECT_THAT(failed.error().hint, HasSubstr("Look for \"dockerhub"));
}

}  // namespace
}  // namespace dockerhub
