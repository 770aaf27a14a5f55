// Requests of a program itself: what goes along, what comes back, and what is refused.
#include "http/web_exchange.hpp"

#include "client_fixture.hpp"

namespace dockerhub::http {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class WebExchangeTest : public ClientFixture {
 protected:
  static WebRequest post(const std::string& url) {
    WebRequest request;
    request.method = "POST";
    request.url = url;
    request.headers = {{"Content-Type", "application/json"}};
    request.body = "{}";
    return request;
  }
  Result<WebAnswer> send(const WebRequest& request) {
    return web_exchange(client(), book_, request);
  }

  SecretBook book_;
};

TEST_F(WebExchangeTest, SendsWhatItWasGivenAndHandsTheBodyOver) {
  ScriptedServer server({ok("hello", "X-Two: 2\r\n")});
  WebRequest request = post(server.url("/mcp?a=1").text());
  request.bearer = "a-token";
  std::string body;
  request.take = [&](const WebAnswer& head, std::string_view bytes) {
    EXPECT_EQ(head.header("x-two"), "2");
    body += bytes;
    return true;
  };
  const auto answer = send(request);
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(answer->status_code, 200);
  EXPECT_EQ(answer->header("absent"), "");
  EXPECT_EQ(body, "hello");
  EXPECT_THAT(server.requests().at(0),
              AllOf(HasSubstr("POST /mcp?a=1 "), HasSubstr("Authorization: Bearer a-token\r\n"),
                    HasSubstr("Content-Type: application/json\r\n"), HasSubstr("\r\n\r\n{}")));
}

TEST_F(WebExchangeTest, TakesEveryStatusForAnAnswerAndFollowsNoRedirect) {
  ScriptedServer server({status(401), status(307, "Location: /elsewhere\r\n"), status(503)});
  for (const int code : {401, 307, 503}) {
    const auto answer = send(post(server.url().text()));
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_EQ(answer->status_code, code);
  }
  EXPECT_EQ(server.requests().size(), 3U);
  EXPECT_THAT(server.requests().at(0), Not(HasSubstr("Authorization")));
}

TEST_F(WebExchangeTest, ReadsNoMoreThanIsWanted) {
  ScriptedServer server([](Peer& peer) {
    peer.read_request();
    peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\n");
    peer.wait_for_end();  // the rest never comes
  });
  WebRequest request = post(server.url().text());
  int pieces = 0;
  request.take = [&](const WebAnswer&, std::string_view) { return ++pieces < 1; };
  EXPECT_TRUE(send(request));
  EXPECT_EQ(pieces, 1);
}

TEST_F(WebExchangeTest, RefusesAddressesAndHeadersThatAreNotForIt) {
  EXPECT_EQ(send(post("http://example.com/mcp")).error().kind, ErrorKind::parameter);
  EXPECT_EQ(send(post("no address")).error().kind, ErrorKind::parameter);
  ScriptedServer server({ok("never")});
  WebRequest request = post(server.url().text());
  request.headers.emplace_back("Authorization", "Bearer other");
  EXPECT_EQ(send(request).error().kind, ErrorKind::parameter);
}

}  // namespace
}  // namespace dockerhub::http
