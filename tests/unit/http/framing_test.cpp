// Answers that are cut short, malformed or endless are errors, never answers.
#include "client_fixture.hpp"

namespace dockerhub::http {
namespace {

using testing::HasSubstr;

struct Trap {
  const char* name;
  const char* answer;
  const char* message;
};

class Trapped : public ClientFixture, public testing::WithParamInterface<Trap> {};

TEST_P(Trapped, IsAnErrorOfTheNetwork) {
  ScriptedServer server([](Peer& peer) {
    peer.read_request();
    peer.send(GetParam().answer);
  });
  const Error error = failure(server.url("/path?hidden=1"));
  EXPECT_EQ(error.kind, ErrorKind::network);
  EXPECT_THAT(error.message, HasSubstr(GetParam().message));
  EXPECT_EQ(error.request, "GET /path");
  EXPECT_FALSE(error.hint.empty());
}

constexpr Trap kTraps[] = {
    {"ShortBody", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello", "after 5 of 10 bytes"},
    {"NoLastChunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
     "before its last chunk"},
    {"ChunkSizeZZ", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\nhello",
     "chunk size 'ZZ'"},
    {"TwoLengths", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
     "two different Content-Length"},
    {"LengthAndChunks",
     "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
     "both Content-Length and Transfer-Encoding"},
    {"UnknownCoding", "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nx", "other than chunked"},
    {"NoHttp", "220 mail.example ESMTP\r\n", "220 mail.example ESMTP"},
    {"BareStatus", "HTTP/1.1 200 OK\n\n", "ended within its header"},
    {"HeadCutShort", "HTTP/1.1 200 OK\r\nContent-Le", "ended within its header"},
    {"Nothing", "", "without an answer"},
    {"SwitchedProtocol", "HTTP/1.1 101 x\r\nUpgrade: h2c\r\n\r\n", "another protocol"},
};

INSTANTIATE_TEST_SUITE_P(Answer, Trapped, testing::ValuesIn(kTraps),
                         [](const auto& trap) { return std::string(trap.param.name); });

class FramingTest : public ClientFixture {};

TEST_F(FramingTest, EndlessInterimAnswersAreGivenUp) {
  ScriptedServer server([](Peer& peer) {
    peer.read_request();
    while (peer.send("HTTP/1.1 100 Continue\r\n\r\n")) continue;
  });
  EXPECT_THAT(failure(server.url()).message, HasSubstr("interim answers"));
}

TEST_F(FramingTest, AHeadBehindALargeInterimAnswerIsReadWhole) {
  const std::string large(20'000, 'x');
  ScriptedServer server({"HTTP/1.1 103 Early Hints\r\nX-Early: " + large + "\r\n\r\n" +
                         ok("hello", "X-Late: " + large + "\r\n")});
  const auto answer = fetch(server.url());
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(answer->body, "hello");
  EXPECT_EQ(answer->response.headers.find("X-Late"), large);
  EXPECT_FALSE(answer->response.headers.find("X-Early"));
}

TEST_F(FramingTest, FewInterimAnswersAreSkipped) {
  ScriptedServer server(
      {"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + ok("hello")});
  const auto answer = fetch(server.url());
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(answer->body, "hello");
}

TEST_F(FramingTest, AHeaderWithoutEndIsGivenUp) {
  ScriptedServer server([](Peer& peer) {
    peer.read_request();
    peer.send("HTTP/1.1 200 OK\r\n");
    while (peer.send("X-Filler: " + std::string(1000, 'x') + "\r\n")) continue;
  });
  EXPECT_THAT(failure(server.url()).message, HasSubstr("larger than 65536 bytes"));
}

TEST_F(FramingTest, ChunksAreJoinedAndTheirTrailerIsDropped) {
  ScriptedServer server(
      {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\nX: "
       "y\r\n\r\n"});
  const auto answer = fetch(server.url());
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(answer->body, "hello");
  EXPECT_EQ(answer->response.content_length, -1);
  EXPECT_EQ(answer->response.headers.find("X"), std::nullopt);
}

TEST_F(FramingTest, AnAnswerOfHttp10EndsWithItsConnection) {
  ScriptedServer server([](Peer& peer) {
    peer.read_request();
    peer.send("HTTP/1.0 200 OK\r\n\r\nhello");
  });
  const auto answer = fetch(server.url());
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(answer->body, "hello");
}

TEST_F(FramingTest, AnswersWithoutABodyLeaveTheConnectionUsable) {
  ScriptedServer server({"HTTP/1.1 200 OK\r\nContent-Length: 1234\r\n\r\n",
                         "HTTP/1.1 204 No Content\r\n\r\n",
                         "HTTP/1.1 304 Not Modified\r\nContent-Length: 99\r\n\r\n", ok("end")});
  const auto head = fetch(request(server.url(), "HEAD"));
  ASSERT_TRUE(head) << head.error().message;
  EXPECT_EQ(head->response.content_length, 1234);
  EXPECT_EQ(head->body, "");
  EXPECT_EQ(fetch(server.url())->response.status_code, 204);
  EXPECT_EQ(fetch(server.url())->response.status_code, 304);
  EXPECT_EQ(fetch(server.url())->body, "end");
  EXPECT_EQ(server.connections(), 1);
}

TEST_F(FramingTest, ALargerAnswerThanWantedIsRefusedHoweverItIsFramed) {
  const std::string body(3000, 'x');
  ScriptedServer server({ok(body), "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nbb8\r\n" +
                                       body + "\r\n0\r\n\r\n"});
  for (int i = 0; i < 2; ++i) {
    const auto answer = client().fetch(request(server.url()), {}, body.size() - 1);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().kind, ErrorKind::api);
    EXPECT_THAT(answer.error().message, HasSubstr("larger than 2999 bytes"));
  }
  EXPECT_EQ(client().fetch(request(server.url()), {}, body.size())->body, body);
}

TEST_F(FramingTest, ABodyInAnotherEncodingIsPassedThrough) {
  ScriptedServer server({ok("\x1F\x8B", "Content-Encoding: gzip\r\n")});
  const auto answer = fetch(server.url());
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(answer->body, "\x1F\x8B");
  EXPECT_EQ(answer->response.headers.find("Content-Encoding"), "gzip");
  EXPECT_THAT(server.requests().front(), HasSubstr("Accept-Encoding: identity\r\n"));
}

}  // namespace
}  // namespace dockerhub::http
