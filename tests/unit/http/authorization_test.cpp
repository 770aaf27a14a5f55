// Rounds of authorization: asked before each attempt, at most twice after a 401, never for another
// origin.
#include "client_fixture.hpp"

namespace dockerhub::http {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

// Gives "token 1", and after each challenge the next.
class Tokens : public Authorizer {
 public:
  Result<std::shared_ptr<const Secret>> authorization(const Request& /*request*/,
                                                      const Control& /*control*/) override {
    ++asked;
    if (refuses) {
      Error error;
      error.kind = ErrorKind::auth;
      return Failure(std::move(error));
    }
    if (number == 0) return nullptr;
    return std::make_shared<const Secret>(book.make("token " + std::to_string(number)));
  }
  Result<bool> challenged(const Request& /*request*/, const Response& response,
                          const std::shared_ptr<const Secret>& used,
                          const Control& /*control*/) override {
    challenges.emplace_back(response.headers.find("WWW-Authenticate").value_or("none"));
    refused.emplace_back(used ? used->reveal() : "nothing");
    if (renews) ++number;
    return renews;
  }

  SecretBook book;
  int number = 1;
  int asked = 0;
  bool renews = true;
  bool refuses = false;
  std::vector<std::string> challenges, refused;
};

class AuthorizationTest : public ClientFixture {
 protected:
  Request authorized(const Url& url, const std::string& method = "GET", std::string body = {}) {
    Request made = request(url, method, std::move(body));
    made.authorizer = tokens_;
    return made;
  }

  static std::string challenge(std::string_view body = {}) {
    return "HTTP/1.1 401 x\r\nWWW-Authenticate: Bearer realm=x\r\nContent-Length: " +
           std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
  }

  std::shared_ptr<Tokens> tokens_ = std::make_shared<Tokens>();
};

TEST_F(AuthorizationTest, GoesWithTheRequest) {
  ScriptedServer server({ok("hello")});
  ASSERT_TRUE(fetch(authorized(server.url())));
  EXPECT_THAT(server.requests().front(), HasSubstr("Authorization: token 1\r\n"));
}

TEST_F(AuthorizationTest, MayBeNothing) {
  tokens_->number = 0;
  ScriptedServer server({ok("hello")});
  ASSERT_TRUE(fetch(authorized(server.url())));
  EXPECT_THAT(server.requests().front(), Not(HasSubstr("Authorization")));
}

TEST_F(AuthorizationTest, IsRenewedAfterAChallengeOverTheSameConnection) {
  ScriptedServer server({challenge("log in first"), ok("hello")});
  const auto answer = fetch(authorized(server.url(), "POST", "order"));
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(answer->body, "hello");
  EXPECT_THAT(tokens_->challenges, ElementsAre("Bearer realm=x"));
  EXPECT_THAT(tokens_->refused, ElementsAre("token 1"));
  EXPECT_THAT(server.requests().back(),
              AllOf(HasSubstr("Authorization: token 2\r\n"), HasSubstr("\r\n\r\norder")));
  EXPECT_EQ(server.connections(), 1);
}

TEST_F(AuthorizationTest, IsTriedInAtMostTwoRounds) {
  ScriptedServer server({challenge()});
  const auto answer = fetch(authorized(server.url()));
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(answer->response.status_code, 401);
  EXPECT_EQ(server.requests().size(), 3U);
  EXPECT_THAT(tokens_->refused, ElementsAre("token 1", "token 2"));
}

TEST_F(AuthorizationTest, ThatCannotBeRenewedLeavesTheAnswerAsItIs) {
  tokens_->renews = false;
  ScriptedServer server({challenge("wrong password")});
  const auto answer = fetch(authorized(server.url()));
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(answer->response.status_code, 401);
  EXPECT_EQ(answer->body, "wrong password");
  EXPECT_EQ(server.requests().size(), 1U);
}

TEST_F(AuthorizationTest, ThatFailsSendsNothing) {
  tokens_->refuses = true;
  ScriptedServer server({ok("hello")});
  EXPECT_EQ(failure(authorized(server.url())).kind, ErrorKind::auth);
  EXPECT_EQ(server.connections(), 0);
}

TEST_F(AuthorizationTest, OfAnotherOriginIsNeverAskedFor) {
  ScriptedServer storage({challenge("not for you")});
  ScriptedServer registry({status(307, "Location: " + storage.url("/blob").text() + "\r\n")});
  const auto answer = fetch(authorized(registry.url()));
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(answer->response.status_code, 401);
  EXPECT_EQ(tokens_->asked, 1);
  EXPECT_TRUE(tokens_->challenges.empty());
  EXPECT_THAT(storage.requests().front(), Not(HasSubstr("token")));
}

TEST_F(AuthorizationTest, RoundWantsAStreamedBodyAgain) {
  ScriptedServer server({challenge(), ok("stored")});
  Request streamed = authorized(server.url(), "PUT");
  streamed.body_size = 5;
  auto exchange = client().open(std::move(streamed), {});
  ASSERT_TRUE(exchange) << exchange.error().message;
  ASSERT_TRUE((*exchange)->write("hello"));
  EXPECT_EQ((*exchange)->finish(), Exchange::Progress::rewind);
  EXPECT_EQ((*exchange)->write("hello")->taken, 5U);
  EXPECT_EQ((*exchange)->finish(), Exchange::Progress::done);
  EXPECT_EQ((*exchange)->response().status_code, 200);
  EXPECT_THAT(server.requests().back(), AllOf(HasSubstr("token 2"), HasSubstr("\r\n\r\nhello")));
}

class OwnHeader : public Tokens {
  std::string_view header_name() const override { return "X-Api-Key"; }
};

TEST_F(AuthorizationTest, MayHaveAHeaderOfItsOwn) {
  tokens_ = std::make_shared<OwnHeader>();
  ScriptedServer server({ok("hello")});
  ASSERT_TRUE(fetch(authorized(server.url())));
  EXPECT_THAT(server.requests().front(), HasSubstr("X-Api-Key: token 1\r\n"));
}

}  // namespace
}  // namespace dockerhub::http
