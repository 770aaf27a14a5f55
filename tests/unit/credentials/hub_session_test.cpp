#include "credentials/hub_session.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "base/json.hpp"
#include "credentials/anonymous_reads.hpp"
#include "fakes.hpp"
#include "redaction/redactor.hpp"

namespace dockerhub {
namespace {

using std::chrono::seconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class Hub : public testing::Test {
 protected:
  Hub() {
    auto login = std::make_shared<Login>();
    login->set_password("ann", "the \"secret\" of ann", *book_);
    login->source = "environment DOCKER_HUB_TOKEN";
    session_ =
        std::make_shared<HubSession>(service_.fetch(), time_.clocks(), book_,
                                     url("https://hub.example/base"), HubSession::Owner(login));
    authorizer_ = std::make_unique<HubAuthorizer>(session_, url("https://hub.example").origin);
  }

  // A token that lives ten minutes, as Docker Hub's do.
  std::string token(int number) {
    return jwt("{\"n\":" + std::to_string(number) +
               ",\"exp\":" + std::to_string(time_.unix_time() + 600) + "}");
  }
  http::Answer mint() { return answer(200, "{\"access_token\":\"" + token(++minted_) + "\"}"); }
  Result<Exchanged> send(const FakeServer& server) {
    return exchange(*authorizer_, "https://hub.example/base/v2/x", server);
  }

  FakeClocks time_;
  std::shared_ptr<SecretBook> book_ = std::make_shared<SecretBook>();
  std::function<Result<http::Answer>()> reply_ = [this] { return mint(); };
  FakeService service_{[this](const http::Request&) { return reply_(); }};
  int minted_ = 0;
  std::shared_ptr<HubSession> session_;
  std::unique_ptr<HubAuthorizer> authorizer_;
};

FakeServer always(int status) {
  return [status](const std::string&) { return std::pair(status, std::string()); };
}

TEST_F(Hub, ExchangesUserAndSecretForAToken) {
  const auto done = send(always(200));
  ASSERT_TRUE(done);
  EXPECT_THAT(done->authorizations, ElementsAre("Bearer " + token(1)));
  const http::Request sent = service_.requests().at(0);
  EXPECT_EQ(sent.method, "POST");
  EXPECT_EQ(sent.url.text(), "https://hub.example/base/v2/auth/token");
  EXPECT_EQ(sent.headers.find("Content-Type"), "application/json");
  EXPECT_EQ(sent.authorizer, nullptr);
  EXPECT_EQ(sent.authorization, nullptr);
  EXPECT_FALSE(sent.follow_redirects);
  const auto body = json::parse(sent.body);
  EXPECT_EQ(json::text_of(*body, "identifier"), "ann");
  EXPECT_EQ(json::text_of(*body, "secret"), "the \"secret\" of ann");
}

// A login that is looked for when it is needed, as a stored account's.
class HubOfStored : public Hub {
 protected:
  HubOfStored() {
    session_ = std::make_shared<HubSession>(
        service_.fetch(), time_.clocks(), book_, url("https://hub.example/base"),
        HubSession::Owner(
            {},
            [this](const http::Control&) -> Result<std::shared_ptr<const Login>> {
              ++looks_;
              return login_;
            },
            [this] { login_ = next_; }));
    authorizer_ = std::make_unique<HubAuthorizer>(session_, url("https://hub.example").origin);
  }
  std::shared_ptr<const Login> login_of(std::string_view secret) {
    auto login = std::make_shared<Login>();
    login->set_password("ann", secret, *book_);
    login->stored = true;
    login->log_in_again = "dockerhub login --user ann";
    return login;
  }
  bool was_sent(std::string_view secret) const {
    const auto all = service_.requests();
    return std::any_of(all.begin(), all.end(), [&](const http::Request& request) {
      return request.body.find(secret) != std::string::npos;
    });
  }

  int looks_ = 0;
  std::shared_ptr<const Login> login_, next_;
};

TEST_F(HubOfStored, LooksForItOnlyWhenItIsNeeded) {
  login_ = login_of("first-secret");
  EXPECT_EQ(session_->at_hand(), nullptr);
  EXPECT_EQ(looks_, 0);
  ASSERT_TRUE(send(always(200)));
  EXPECT_NE(session_->at_hand(), nullptr);
}

TEST_F(HubOfStored, TriesTheOneThatTookThePlaceOfARefusedOne) {
  login_ = login_of("first-secret");
  next_ = login_of("second-secret");
  reply_ = [this] { return was_sent("second-secret") ? mint() : answer(401, "{}"); };
  const auto done = send(always(200));
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_EQ(service_.count(), 2U);
}

TEST_F(HubOfStored, TriesTheSameOnce) {
  login_ = next_ = login_of("first-secret");
  reply_ = [] { return answer(401, "{}"); };
  const auto refused = send(always(200));
  ASSERT_FALSE(refused);
  EXPECT_EQ(service_.count(), 1U);
  EXPECT_THAT(refused.error().hint, HasSubstr("dockerhub login --user ann"));
}

TEST_F(HubOfStored, IsNobodysWhereThereIsNone) {
  const auto done = send(always(200));
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_THAT(done->authorizations, ElementsAre(""));
  EXPECT_EQ(service_.count(), 0U);
}

TEST_F(Hub, TakesTheTokenByItsOtherNameToo) {
  reply_ = [] { return answer(200, R"({"token":"opaque-token"})"); };
  EXPECT_THAT(send(always(200))->authorizations, ElementsAre("Bearer opaque-token"));
}

TEST_F(Hub, UsesATokenUntilAMinuteBeforeItsEnd) {
  send(always(200));
  time_.pass(seconds(539));
  send(always(200));
  EXPECT_EQ(minted_, 1);
  time_.pass(seconds(1));
  send(always(200));
  EXPECT_EQ(minted_, 2);
}

TEST_F(Hub, MintsOnceWhenATokenIsRefusedAndRepeatsOnce) {
  const std::string first = "Bearer " + token(1);
  const auto done = send([&](const std::string& authorization) {
    return std::pair(authorization == first ? 401 : 200, std::string());
  });
  ASSERT_TRUE(done);
  EXPECT_EQ(done->status, 200);
  EXPECT_THAT(done->authorizations, ElementsAre(first, "Bearer " + token(2)));
}

TEST_F(Hub, GivesUpWhenTheFreshTokenIsRefusedToo) {
  const auto done = send(always(401));
  ASSERT_TRUE(done);
  EXPECT_EQ(done->status, 401);
  EXPECT_EQ(done->authorizations.size(), 2U);
  EXPECT_EQ(minted_, 2);
  EXPECT_EQ(send(always(401))->authorizations.size(), 1U) << "and does not mint for each request";
  EXPECT_EQ(minted_, 2);
}

TEST_F(Hub, SaysWhichVariablesAreWrongAndDoesNotTryAgainAtOnce) {
  reply_ = [] { return answer(401, R"({"detail":"the \"secret\" of ann is wrong"})"); };
  for (int i = 0; i < 3; ++i) {
    const auto done = send(always(200));
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().kind, ErrorKind::auth);
    EXPECT_EQ(done.error().status_code, 401);
    EXPECT_EQ(done.error().request, "POST /base/v2/auth/token");
    EXPECT_THAT(done.error().message, HasSubstr("environment DOCKER_HUB_TOKEN"));
    EXPECT_THAT(done.error().hint, HasSubstr("DOCKER_HUB_USER"));
    EXPECT_THAT(done.error().message, Not(HasSubstr("secret")));
  }
  EXPECT_EQ(service_.count(), 1U);
}

TEST_F(Hub, ReadsGoOnWithoutALogInForWhoeverAskedForThat) {
  reply_ = [] { return answer(401, "{}"); };
  std::vector<std::string> warnings;
  AnonymousReads reads(std::make_shared<HubAuthorizer>(session_, url("https://hub.example").origin),
                       [&](std::string_view text) { warnings.emplace_back(text); });
  const auto send_read = [&](int status) {
    return exchange(reads, "https://hub.example/v2/x", always(status));
  };
  for (int i = 0; i < 2; ++i) EXPECT_THAT(send_read(200)->authorizations, ElementsAre(""));
  EXPECT_THAT(warnings, ElementsAre(HasSubstr("reads go on without a log-in")));
  const auto refused = send_read(401);
  ASSERT_FALSE(refused) << "what is not public says why the log-in failed";
  EXPECT_THAT(refused.error().message, HasSubstr("environment DOCKER_HUB_TOKEN"));
  http::Request write;
  write.method = "POST";
  write.url = url("https://hub.example/v2/x");
  EXPECT_FALSE(reads.authorization(write, {}));
}

TEST_F(Hub, TellsAServiceThatFailsFromALoginThatIsRefused) {
  reply_ = [] {
    http::Headers headers;
    headers.add("Retry-After", "7");
    return answer(429, "slow down", headers);
  };
  const auto done = send(always(200));
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().kind, ErrorKind::api);
  EXPECT_EQ(done.error().retry_after, std::chrono::milliseconds(7000));
  reply_ = [this] { return mint(); };
  EXPECT_TRUE(send(always(200))) << "nothing was remembered";
}

TEST_F(Hub, NeedsATokenInTheAnswer) {
  reply_ = [] { return answer(200, "{}"); };
  const auto done = send(always(200));
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().kind, ErrorKind::auth);
}

TEST_F(Hub, PassesErrorsOfTheNetworkOn) {
  reply_ = []() -> Result<http::Answer> {
    Error error;
    error.kind = ErrorKind::network;
    return Failure(error);
  };
  EXPECT_EQ(send(always(200)).error().kind, ErrorKind::network);
}

TEST_F(Hub, SendsNothingToAnotherOrigin) {
  const auto done = exchange(*authorizer_, "https://evil.example/v2/x", always(401));
  EXPECT_THAT(done->authorizations, ElementsAre(""));
  EXPECT_EQ(service_.count(), 0U);
}

TEST_F(Hub, HidesItsTokensAlsoAfterTheirEnd) {
  send(always(200));
  const std::string first = token(1);
  session_->drop(session_->at_hand());
  send(always(200));
  const Redactor redactor(book_);
  EXPECT_TRUE(redactor.holds_secret(first));
}

TEST(ReadyToken, IsSentAsItIsAndNeverReplaced) {
  SecretBook book;
  ReadyTokenAuthorizer authorizer(book.learn("ready-token"), url("https://hub.example").origin);
  const auto done = exchange(authorizer, "https://hub.example/v2/x", always(401));
  ASSERT_TRUE(done);
  EXPECT_THAT(done->authorizations, ElementsAre("Bearer ready-token"));
  EXPECT_THAT(exchange(authorizer, "https://hub.example:444/", always(200))->authorizations,
              ElementsAre(""));
}

class ReadsOfHub : public Hub {
 protected:
  Result<Exchanged> read(const FakeServer& server) {
    return exchange(reads_, "https://hub.example/v2/x", server);
  }
  void refuse_logins() {
    reply_ = [] { return answer(503, "busy"); };
  }

  std::vector<std::string> warnings_;
  AnonymousReads reads_{
      std::make_shared<HubAuthorizer>(session_, url("https://hub.example").origin),
      [this](std::string_view text) { warnings_.emplace_back(text); }};
};

TEST_F(ReadsOfHub, CarryTheLogInAgainOnceItIsTaken) {
  refuse_logins();
  EXPECT_THAT(read(always(200))->authorizations, ElementsAre(""));
  reply_ = [this] { return mint(); };
  EXPECT_THAT(read(always(200))->authorizations, ElementsAre("Bearer " + token(1)));
  session_->drop(session_->at_hand());
  refuse_logins();
  EXPECT_THAT(read(always(200))->authorizations, ElementsAre(""));
  EXPECT_EQ(warnings_.size(), 2U) << "of the second failure, too";
}

TEST_F(ReadsOfHub, GetAFreshTokenForARefusedOne) {
  const std::string first = "Bearer " + token(1);
  const auto done = read([&](const std::string& authorization) {
    return std::pair(authorization == first ? 401 : 200, std::string());
  });
  ASSERT_TRUE(done);
  EXPECT_THAT(done->authorizations, ElementsAre(first, "Bearer " + token(2)));
  EXPECT_TRUE(warnings_.empty());
}

}  // namespace
}  // namespace dockerhub
