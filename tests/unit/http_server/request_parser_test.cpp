#include "http/request_parser.hpp"

#include <gtest/gtest.h>

namespace dockerhub::web {
namespace {

constexpr std::string_view kPost =
    "POST /mcp?a=1 HTTP/1.1\r\nHost: here\r\nContent-Length: 4\r\n\r\nbody";

// The status that the text is refused with; 0 when it is a whole request, -1 when more is awaited.
int outcome(std::string_view text, const Limits& limits = {}) {
  RequestParser parser(limits);
  parser.feed(text);
  if (parser.error()) return parser.error()->status;
  return parser.done() ? 0 : -1;
}

std::string with_head(const std::string& lines, const std::string& body = "2\r\n{}\r\n0\r\n\r\n") {
  return "POST / HTTP/1.1\r\nHost: here\r\n" + lines + "\r\n\r\n" + body;
}

TEST(RequestParser, ReadsARequestInOnePiece) {
  RequestParser parser(Limits{});
  EXPECT_EQ(parser.feed(kPost), kPost.size());
  ASSERT_TRUE(parser.done());
  const Request request = parser.take();
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.path, "/mcp");
  EXPECT_EQ(request.query, "a=1");
  EXPECT_EQ(request.body, "body");
  ASSERT_NE(request.header("hOsT"), nullptr);
  EXPECT_EQ(*request.header("hOsT"), "here");
}

TEST(RequestParser, ReadsARequestByteByByte) {
  RequestParser parser(Limits{});
  std::string kept;
  for (const char byte : kPost) {
    EXPECT_FALSE(parser.done());
    kept += byte;
    kept.erase(0, parser.feed(kept));
  }
  ASSERT_TRUE(parser.done());
  EXPECT_EQ(parser.take().body, "body");
}

TEST(RequestParser, LeavesTheNextRequestAlone) {
  RequestParser parser(Limits{});
  const std::string two = std::string(kPost) + std::string(kPost);
  EXPECT_EQ(parser.feed(two), kPost.size());
  parser.take();
  EXPECT_FALSE(parser.begun());
  EXPECT_EQ(parser.feed(std::string_view(two).substr(kPost.size())), kPost.size());
  EXPECT_TRUE(parser.done());
}

TEST(RequestParser, ReadsRequestsWithoutABody) {
  EXPECT_EQ(outcome("GET / HTTP/1.1\r\nHost: a\r\n\r\n"), 0);
  EXPECT_EQ(outcome("GET / HTTP/1.0\r\n\r\n"), 0);
}

TEST(RequestParser, JoinsChunks) {
  RequestParser parser(Limits{});
  parser.feed(with_head("Transfer-Encoding: chunked", "2\r\nab\r\n1\r\nc\r\n0\r\n\r\n"));
  ASSERT_TRUE(parser.done());
  EXPECT_EQ(parser.take().body, "abc");
}

TEST(RequestParser, WaitsForTheLastChunkAndTheWholeLength) {
  EXPECT_EQ(outcome(with_head("Transfer-Encoding: chunked", "2\r\n{}\r\n")), -1);
  EXPECT_EQ(outcome("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nabcd"), -1);
}

// Each could be read as two different messages by two programs.
TEST(RequestParser, RefusesAmbiguousFraming) {
  EXPECT_EQ(outcome(with_head("Content-Length: 2\r\nContent-Length: 3")), 400);
  EXPECT_EQ(outcome(with_head("Content-Length: 2\r\nTransfer-Encoding: chunked")), 400);
  EXPECT_EQ(outcome(with_head("Transfer-Encoding: chunked\r\nContent-Length: 2")), 400);
  EXPECT_EQ(outcome(with_head("Content-Length: -2")), 400);
  EXPECT_EQ(outcome(with_head("Content-Length: +2")), 400);
  EXPECT_EQ(outcome(with_head("Content-Length: 99999999999999999999")), 400);
  EXPECT_EQ(outcome(with_head("Transfer-Encoding: chunked", "ZZ\r\n{}\r\n0\r\n\r\n")), 400);
  EXPECT_EQ(outcome("POST / HTTP/1.1\r\nHost : a\r\nContent-Length: 2\r\n\r\n{}"), 400);
  EXPECT_EQ(outcome("POST / HTTP/1.1\nHost: a\nContent-Length: 2\n\n{}"), 400);
  EXPECT_EQ(outcome("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), 400);
}

TEST(RequestParser, RefusesCodingsThatItDoesNotKnow) {
  EXPECT_EQ(outcome(with_head("Transfer-Encoding: gzip, chunked")), 501);
  EXPECT_EQ(outcome(with_head("Transfer-Encoding: xchunked")), 501);
}

TEST(RequestParser, RefusesWhatIsNoHttp) {
  EXPECT_EQ(outcome("\x16\x03\x01\x02"), 400);
  EXPECT_EQ(outcome("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), 400);
}

TEST(RequestParser, RefusesMoreThanItsLimits) {
  Limits limits;
  limits.head_size = 200;
  limits.body_size = 10;
  EXPECT_EQ(outcome("GET / HTTP/1.1\r\nX: " + std::string(300, 'a') + "\r\n\r\n", limits), 431);
  EXPECT_EQ(outcome("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n\r\n", limits), 413);
  EXPECT_EQ(outcome(with_head("Transfer-Encoding: chunked", "b\r\n01234567890\r\n"), limits), 413);
}

TEST(RequestParser, TellsOnceThatTheClientWaitsForAWord) {
  RequestParser parser(Limits{});
  parser.feed("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
  EXPECT_TRUE(parser.take_expectation());
  EXPECT_FALSE(parser.take_expectation());
  parser.feed("{}");
  EXPECT_TRUE(parser.done());
}

}  // namespace
}  // namespace dockerhub::web
