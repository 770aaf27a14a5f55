#include "credentials/registry_sign_in.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fakes.hpp"
#include "settings.hpp"

namespace dockerhub {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class RegistrySignInTest : public testing::Test {
 protected:
  Result<RegistrySignIn> sign_in(const std::string& secret, const LoginAsker& asker = {}) {
    const auto login = make_login("ann", secret, "the log-in that was given", *book_);
    return sign_in_to_registry({service_.fetch(), book_, realms_, url("https://r.example")}, login,
                               asker, {});
  }
  // Where the login went.
  std::vector<std::string> got_login() const {
    std::vector<std::string> hosts;
    for (const http::Request& request : service_.requests()) {
      if (value_of(request.authorization).rfind("Basic ", 0) == 0)
        hosts.push_back(request.url.origin.host);
    }
    return hosts;
  }
  static LoginAsker who(Decision decision) {
    LoginAsker asker;
    asker.agree = [decision](const std::string&) { return decision; };
    return asker;
  }

  Settings settings_;
  Configuration configuration_ = settings_.load({});
  std::shared_ptr<SecretBook> book_ = configuration_.impl().book;
  RealmRule realms_{configuration_, std::make_shared<const Account>(configuration_)};
  std::string challenge_ = "Basic realm=\"r\"";
  int status_ = 401;
  FakeService service_{[this](const http::Request& request) -> Result<http::Answer> {
    const std::string header = value_of(request.authorization);
    if (request.url.path == "/token")
      return header == basic("ann:good") ? answer(200, R"({"token":"t"})") : answer(401, "{}");
    const bool good = header == "Bearer t" || header == basic("ann:good");
    if (challenge_.empty() || good) return answer(200, "{}");
    http::Headers headers;
    headers.add("WWW-Authenticate", challenge_);
    return answer(status_, "{}", headers);
  }};
};

TEST_F(RegistrySignInTest, AnswersBasic) {
  const auto done = sign_in("good");
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_EQ(done->token_service, "");
  const auto refused = sign_in("bad");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::auth);
}

TEST_F(RegistrySignInTest, GetsATokenOfItsOwnService) {
  challenge_ = R"(Bearer realm="https://r.example/token",service="s")";
  const auto done = sign_in("good");
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_EQ(done->token_service, "https://r.example/token");
  EXPECT_EQ(done->new_realm, "");
  EXPECT_FALSE(sign_in("bad"));
}

TEST_F(RegistrySignInTest, AsksBeforeItGoesToAnotherHost) {
  challenge_ = R"(Bearer realm="https://elsewhere.example/token",service="s")";
  for (const LoginAsker& asker : {LoginAsker(), who(Decision::denied)}) {
    const auto refused = sign_in("good", asker);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::approval);
    EXPECT_THAT(refused.error().message, HasSubstr("https://elsewhere.example/token"));
  }
  EXPECT_THAT(got_login(), ElementsAre());
  const auto done = sign_in("good", who(Decision::approved));
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_EQ(done->new_realm, "r.example=elsewhere.example");
  EXPECT_THAT(got_login(), ElementsAre("elsewhere.example"));
}

TEST_F(RegistrySignInTest, GoesNowhereUnencryptedWhoeverAgrees) {
  for (const char* const realm : {"http://r.example/token", "https://127.0.0.1/token"}) {
    challenge_ = "Bearer realm=\"" + std::string(realm) + "\"";
    const auto refused = sign_in("good", who(Decision::approved));
    ASSERT_FALSE(refused) << realm;
    EXPECT_EQ(refused.error().kind, ErrorKind::auth);
  }
  EXPECT_THAT(got_login(), ElementsAre());
}

TEST_F(RegistrySignInTest, StoresNothingForWhoAsksForNothing) {
  challenge_.clear();
  const auto refused = sign_in("good");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::unsupported);
}

TEST_F(RegistrySignInTest, GoesNowhereWhereTheTokenServiceIsNoAddress) {
  for (const char* const realm : {"", "token", "ftp://r.example/token"}) {
    challenge_ = "Bearer realm=\"" + std::string(realm) + "\"";
    const auto refused = sign_in("good", who(Decision::approved));
    ASSERT_FALSE(refused) << realm;
    EXPECT_EQ(refused.error().kind, ErrorKind::auth);
    EXPECT_THAT(refused.error().message,
                HasSubstr("https://r.example names no usable token service"));
  }
  EXPECT_THAT(got_login(), ElementsAre());
}

TEST_F(RegistrySignInTest, SendsTheLoginToNothingThatIsNoRegistry) {
  status_ = 404;
  const auto missing = sign_in("good");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().status_code, 404);
  EXPECT_THAT(missing.error().message, HasSubstr("no registry that can be logged in to"));
  status_ = 401;
  challenge_ = "Negotiate";
  EXPECT_THAT(sign_in("good").error().message, HasSubstr("(HTTP 401)"));
  EXPECT_THAT(got_login(), ElementsAre());
}

}  // namespace
}  // namespace dockerhub
