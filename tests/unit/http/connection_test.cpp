// Which connections are used again, and which are not.
#include "client_fixture.hpp"

namespace dockerhub::http {
namespace {

using testing::HasSubstr;

class ConnectionTest : public ClientFixture {};

TEST_F(ConnectionTest, IsUsedAgainForTheSameOrigin) {
  ScriptedServer server({ok("hello")});
  for (int i = 0; i < 3; ++i) EXPECT_EQ(fetch(server.url())->body, "hello");
  EXPECT_EQ(server.connections(), 1);
  EXPECT_EQ(server.requests().size(), 3U);
}

TEST_F(ConnectionTest, IsNotUsedAgainForAnotherHostName) {
  ScriptedServer server({ok("hello")});
  EXPECT_TRUE(fetch(server.url("/", "127.0.0.1")));
  EXPECT_TRUE(fetch(server.url("/", "localhost")));
  EXPECT_EQ(server.connections(), 2);
}

TEST_F(ConnectionTest, IsNotUsedAgainWhenTheAnswerWasNotReadToItsEnd) {
  ScriptedServer server({ok(std::string(100'000, 'x'))});
  {
    auto exchange = client().open(request(server.url()), {});
    ASSERT_TRUE(exchange);
    ASSERT_TRUE((*exchange)->finish());
    char byte = 0;
    EXPECT_EQ((*exchange)->read(&byte, 1), 1U);
  }
  EXPECT_TRUE(fetch(server.url()));
  EXPECT_EQ(server.connections(), 2);
}

TEST_F(ConnectionTest, IsNotUsedAgainWhenMoreThanTheAnswerCame) {
  ScriptedServer server({ok("hello") + "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil"});
  EXPECT_EQ(fetch(server.url())->body, "hello");
  EXPECT_EQ(fetch(server.url())->body, "hello");
  EXPECT_EQ(server.connections(), 2);
}

TEST_F(ConnectionTest, IsNotUsedAgainWhenTheServerClosesIt) {
  ScriptedServer server({ok("hello", "Connection: close\r\n")});
  EXPECT_TRUE(fetch(server.url()));
  EXPECT_TRUE(fetch(server.url()));
  EXPECT_EQ(server.connections(), 2);
}

TEST_F(ConnectionTest, IsNotUsedAgainAfterItWasClosedAsIdle) {
  ScriptedServer server({ok("hello")});
  EXPECT_TRUE(fetch(server.url()));
  client().close_idle();
  EXPECT_TRUE(fetch(server.url()));
  EXPECT_EQ(server.connections(), 2);
}

// The server answers one request per connection, says that it keeps it, and closes it when the next
// request comes.
void forget_after_one(ScriptedServer& server, Peer& peer) {
  server.journal(peer.read_request());
  peer.send(ok("hello"));
  server.journal(peer.read_request());
}

TEST_F(ConnectionTest, ThatDiedIsReplacedOnceForARequestThatMayBeRepeated) {
  ScriptedServer* self = nullptr;
  ScriptedServer server([&self](Peer& peer) { forget_after_one(*self, peer); });
  self = &server;
  EXPECT_EQ(fetch(server.url())->body, "hello");
  const auto answer = fetch(server.url());
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(answer->body, "hello");
  EXPECT_EQ(server.connections(), 2);
}

TEST_F(ConnectionTest, ThatDiedIsAnErrorForAWriteThatMayHaveHappened) {
  ScriptedServer* self = nullptr;
  ScriptedServer server([&self](Peer& peer) { forget_after_one(*self, peer); });
  self = &server;
  EXPECT_EQ(fetch(server.url())->body, "hello");
  const Error error = failure(request(server.url(), "POST", "x"));
  EXPECT_EQ(error.kind, ErrorKind::network);
  EXPECT_THAT(error.message, HasSubstr("without an answer"));
  EXPECT_EQ(server.requests().size(), 2U);
}

// Some servers send a body after the answer to HEAD. Here it comes when the connection is in use again.
void send_late_body(Peer& peer) {
  if (peer.read_request().rfind("HEAD", 0) == 0) {
    peer.send("HTTP/1.1 404 x\r\nContent-Length: 9\r\n\r\n");
    peer.read_request();
    peer.send("not found");
  }
  peer.send(ok("hello"));
  peer.wait_for_end();
}

TEST_F(ConnectionTest, OnWhichAnEarlierAnswerGoesOnIsReplacedForARequestThatMayBeRepeated) {
  ScriptedServer server([](Peer& peer) { send_late_body(peer); });
  EXPECT_EQ(fetch(request(server.url(), "HEAD"))->response.status_code, 404);
  const auto answer = fetch(server.url());
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(answer->body, "hello");
  EXPECT_EQ(server.connections(), 2);
}

TEST_F(ConnectionTest, OnWhichAnEarlierAnswerGoesOnIsAnErrorForAWrite) {
  ScriptedServer server([](Peer& peer) { send_late_body(peer); });
  EXPECT_EQ(fetch(request(server.url(), "HEAD"))->response.status_code, 404);
  EXPECT_THAT(failure(request(server.url(), "POST", "x")).message, HasSubstr("malformed"));
  EXPECT_EQ(server.connections(), 1);
}

TEST_F(ConnectionTest, ThatTheServerClosedWhileItWasIdleIsNotTried) {
  ScriptedServer server([](Peer& peer) {
    peer.read_request();
    peer.send(ok("hello"));
  });
  // Also a write is safe: the connection was seen to be closed before anything was sent.
  for (int i = 1; i <= 20; ++i) {
    ASSERT_TRUE(fetch(request(server.url(), "POST", "x")));
    server.await_ends(i);
  }
  EXPECT_EQ(server.connections(), 20);
}

// A server that closes with bytes unread resets the connection: the head is larger than what the
// system takes at once.
TEST_F(ConnectionTest, ThatBreaksWhileAHeadIsSentIsAnErrorOfTheNetwork) {
  ScriptedServer server([](Peer&) {});
  Request large = request(server.url(), "POST");
  large.headers.add("X-Large", std::string(64 * 1024 * 1024, 'x'));
  EXPECT_EQ(failure(std::move(large)).kind, ErrorKind::network);
  EXPECT_EQ(server.connections(), 1) << "what may have been sent is not sent again";
}

TEST_F(ConnectionTest, IsMadeToWhicheverAddressAnswers) {
  // The server listens on IPv4 only; "localhost" is ::1 as well.
  ScriptedServer server({ok("hello")});
  EXPECT_EQ(fetch(server.url("/", "localhost"))->body, "hello");
}

TEST_F(ConnectionTest, ThatIsRefusedIsAnErrorThatNamesTheAddress) {
  Url url;
  {
    ScriptedServer server({ok("")});
    url = server.url();
  }
  const Error error = failure(url);
  EXPECT_EQ(error.kind, ErrorKind::network);
  EXPECT_THAT(error.message, HasSubstr(url.origin.authority()));
  EXPECT_THAT(error.message, HasSubstr("refused"));
}

TEST_F(ConnectionTest, ToAnUnknownHostIsAnErrorThatNamesIt) {
  const Error error = failure(parse_url("http://no-such-host.invalid/").value());
  EXPECT_EQ(error.kind, ErrorKind::network);
  EXPECT_THAT(error.message, HasSubstr("no-such-host.invalid"));
}

}  // namespace
}  // namespace dockerhub::http
