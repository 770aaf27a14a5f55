// When a request is sent again, and when it is not.
#include "client_fixture.hpp"

namespace dockerhub::http {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using namespace std::chrono_literals;

class RetryTest : public ClientFixture {
 protected:
  RetryTest() { options_.max_retries = 3; }

  // Which also says that it may be asked again at once.
  static std::string busy(int code) { return status(code, "Retry-After: 0\r\n"); }
};

TEST_F(RetryTest, FollowsBusyAnswersOfReads) {
  for (const int code : {429, 502, 503, 504}) {
    for (const char* method : {"GET", "HEAD"}) {
      ScriptedServer server({busy(code), busy(code), status(200)});
      EXPECT_EQ(fetch(request(server.url(), method))->response.status_code, 200) << code;
      EXPECT_EQ(server.requests().size(), 3U);
    }
  }
}

TEST_F(RetryTest, DoesNotFollowOtherErrors) {
  for (const int code : {400, 401, 403, 404, 408, 500, 501}) {
    ScriptedServer server({busy(code)});
    EXPECT_EQ(fetch(server.url())->response.status_code, code);
    EXPECT_EQ(server.requests().size(), 1U);
  }
}

TEST_F(RetryTest, EndsAfterTheConfiguredNumberWithTheLastAnswer) {
  ScriptedServer server({busy(429)});
  EXPECT_EQ(fetch(server.url())->response.status_code, 429);
  EXPECT_EQ(server.requests().size(), 4U);
}

TEST_F(RetryTest, OfAWriteFollowsOnlyARefusal) {
  for (const char* method : {"POST", "PUT", "PATCH", "DELETE"}) {
    ScriptedServer limited({busy(429), status(200)});
    EXPECT_EQ(fetch(request(limited.url(), method, "x"))->response.status_code, 200);
    ScriptedServer failing({busy(503), status(200)});
    EXPECT_EQ(fetch(request(failing.url(), method, "x"))->response.status_code, 503);
    EXPECT_EQ(failing.requests().size(), 1U) << "it may have happened";
  }
}

TEST_F(RetryTest, OfAWriteThatHasTheSameEffectTwiceFollowsEverything) {
  ScriptedServer server({busy(503), status(200)});
  Request again = request(server.url(), "PUT", "x");
  again.repeatable = true;
  EXPECT_EQ(fetch(again)->response.status_code, 200);
}

TEST_F(RetryTest, IsNotForARequestThatForbidsIt) {
  ScriptedServer server({busy(429)});
  Request once = request(server.url(), "PATCH", "x");
  once.retry = false;
  EXPECT_EQ(fetch(once)->response.status_code, 429);
  EXPECT_EQ(server.requests().size(), 1U);
}

TEST_F(RetryTest, FollowsAConnectionThatBroke) {
  std::atomic<int> count = 0;
  ScriptedServer server([&count](Peer& peer) {
    peer.read_request();
    if (++count < 3) return peer.reset_at_end();
    peer.send(ok("hello"));
  });
  EXPECT_EQ(fetch(server.url())->body, "hello");
  EXPECT_EQ(count, 3);
}

TEST_F(RetryTest, OfAWriteDoesNotFollowAConnectionThatBroke) {
  std::atomic<int> count = 0;
  ScriptedServer server([&count](Peer& peer) {
    peer.read_request();
    ++count;
    peer.reset_at_end();
  });
  EXPECT_EQ(failure(request(server.url(), "POST", "x")).kind, ErrorKind::network);
  EXPECT_EQ(count, 1);
}

TEST_F(RetryTest, OfAnythingFollowsAConnectionThatWasNeverMade) {
  Url url;
  {
    ScriptedServer server({ok("")});
    url = server.url();
  }
  std::vector<std::string> lines;
  options_.log = [&lines](LogLevel, std::string_view line, std::string_view) {
    lines.emplace_back(line);
  };
  EXPECT_EQ(failure(request(url, "POST", "x")).kind, ErrorKind::network);
  EXPECT_THAT(lines, testing::Each(HasSubstr("again in")));
  EXPECT_EQ(lines.size(), 3U);
}

TEST_F(RetryTest, ThatWouldTakeTooLongIsAnErrorAtOnce) {
  ScriptedServer server({status(429,
                                "Retry-After: 3600\r\nX-RateLimit-Limit: 100\r\n"
                                "X-RateLimit-Remaining: 0\r\nX-RateLimit-Reset: 1700000000\r\n")});
  const Error error = failure(server.url());
  EXPECT_EQ(error.kind, ErrorKind::api);
  EXPECT_EQ(error.status_code, 429);
  EXPECT_EQ(error.retry_after, 1h);
  EXPECT_THAT(error.message, AllOf(HasSubstr("3600 s"), HasSubstr("15 s"), HasSubstr("1 tried"),
                                   HasSubstr("remaining: 0 of 100"), HasSubstr("1700000000")));
  EXPECT_EQ(server.requests().size(), 1U);
}

TEST_F(RetryTest, ThatWouldTakeTooLongAfterOtherErrorsLeavesTheAnswer) {
  ScriptedServer server({status(503, "Retry-After: 3600\r\n")});
  EXPECT_EQ(fetch(server.url())->response.status_code, 503);
  EXPECT_EQ(server.requests().size(), 1U);
}

TEST_F(RetryTest, WaitsAsLongAsItWasAsked) {
  ScriptedServer server({status(429, "Retry-After: 0.2\r\n"), ok("hello")});
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(fetch(server.url())->body, "hello");
  EXPECT_GE(std::chrono::steady_clock::now() - begin, 200ms);
}

TEST_F(RetryTest, EndsWithTheExchangesTime) {
  options_.total_timeout = 200ms;
  ScriptedServer server({status(429, "Retry-After: 10\r\n")});
  const Error error = failure(server.url());
  EXPECT_EQ(error.kind, ErrorKind::timeout);
  EXPECT_THAT(error.message, HasSubstr("longer than 200 ms"));
}

TEST_F(RetryTest, EndsWhenTheCallIsCancelled) {
  std::stop_source stop;
  options_.log = [&stop](LogLevel, std::string_view line, std::string_view) {
    if (line.find("again in") != std::string_view::npos) stop.request_stop();
  };
  ScriptedServer server({status(429, "Retry-After: 10\r\n")});
  Control control;
  control.stop = stop.get_token();
  EXPECT_EQ(failure(request(server.url()), control).kind, ErrorKind::cancelled);
}

TEST_F(RetryTest, KeepsTheMomentThatARefusalNamedEvenIfNobodyWaitsForIt) {
  ScriptedServer server({status(429, "Retry-After: 3600\r\n")});
  Request counted = request(server.url());
  counted.api = "hub";
  counted.account = "me";
  const auto before = std::chrono::system_clock::now();
  failure(counted);
  const auto budgets = client().limits().all();
  ASSERT_EQ(budgets.size(), 1U);
  EXPECT_EQ(budgets[0].api + ' ' + budgets[0].account, "hub me");
  ASSERT_TRUE(budgets[0].retry_at);
  EXPECT_GE(*budgets[0].retry_at, before + 1h);
  EXPECT_LE(*budgets[0].retry_at, std::chrono::system_clock::now() + 1h);
}

TEST_F(RetryTest, KeepsNoMomentThatNobodyNamed) {
  options_.max_retries = 0;
  ScriptedServer server({status(429)});
  Request counted = request(server.url());
  counted.api = "hub";
  fetch(counted);
  EXPECT_TRUE(client().limits().all().empty());
}

TEST_F(RetryTest, KeepsTheBudgetsThatAnswersTell) {
  ScriptedServer server({status(429, "Retry-After: 0\r\nX-RateLimit-Remaining: 0\r\n"),
                         ok("hello", "X-RateLimit-Remaining: 59\r\n")});
  Request counted = request(server.url());
  counted.api = "hub";
  counted.account = "me";
  ASSERT_TRUE(fetch(counted));
  EXPECT_EQ(client().limits().last("hub", "me")->remaining, "59");
}

}  // namespace
}  // namespace dockerhub::http
