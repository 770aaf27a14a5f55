// Bodies that are written and read piece by piece.
#include "client_fixture.hpp"

namespace dockerhub::http {
namespace {

using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;

class StreamedBodyTest : public ClientFixture {
 protected:
  std::unique_ptr<Exchange> open(const Url& url, std::int64_t size) {
    Request streamed = request(url, "PUT");
    streamed.body_size = size;
    auto opened = client().open(std::move(streamed), {});
    EXPECT_TRUE(opened) << opened.error().message;
    return opened ? std::move(*opened) : nullptr;
  }
};

TEST_F(StreamedBodyTest, IsSentWithItsLength) {
  ScriptedServer server({status(201)});
  auto exchange = open(server.url(), 10);
  for (const char* piece : {"hello", "", "world"}) ASSERT_TRUE(exchange->write(piece));
  EXPECT_EQ(exchange->finish(), Exchange::Progress::done);
  EXPECT_EQ(exchange->response().status_code, 201);
  EXPECT_THAT(server.requests().front(),
              AllOf(HasSubstr("Content-Length: 10\r\n"), EndsWith("\r\n\r\nhelloworld")));
}

TEST_F(StreamedBodyTest, OfUnknownLengthIsSentInChunks) {
  ScriptedServer server({status(201)});
  auto exchange = open(server.url(), -1);
  for (const char* piece : {"hello", "", "a longer piece"}) ASSERT_TRUE(exchange->write(piece));
  EXPECT_EQ(exchange->finish(), Exchange::Progress::done);
  EXPECT_THAT(server.requests().front(),
              EndsWith("\r\n\r\n5\r\nhello\r\ne\r\na longer piece\r\n0\r\n\r\n"));
}

TEST_F(StreamedBodyTest, MustHaveTheLengthThatWasAnnounced) {
  ScriptedServer server({status(201)});
  auto more = open(server.url(), 4);
  EXPECT_EQ(more->write("hello").error().kind, ErrorKind::parameter);
  auto less = open(server.url(), 6);
  ASSERT_TRUE(less->write("hello"));
  EXPECT_EQ(less->finish().error().kind, ErrorKind::parameter);
  EXPECT_TRUE(server.requests().empty());
}

TEST_F(StreamedBodyTest, MayBeAnsweredBeforeItsEnd) {
  ScriptedServer server([](Peer& peer) {
    peer.read_head();
    peer.send(status(413, "Connection: close\r\n"));
    peer.wait_for_end();
  });
  constexpr std::int64_t kSize = 64 * 1024 * 1024;
  auto exchange = open(server.url(), kSize);
  const std::string piece(64 * 1024, 'x');
  for (std::int64_t written = 0; written < kSize; written += 64 * 1024) {
    const auto taken = exchange->write(piece);
    ASSERT_TRUE(taken) << taken.error().message;
    EXPECT_EQ(taken->taken, piece.size());
  }
  EXPECT_EQ(exchange->finish(), Exchange::Progress::done);
  EXPECT_EQ(exchange->response().status_code, 413);
  char byte = 0;
  EXPECT_EQ(exchange->read(&byte, 1), 0U);
}

TEST_F(StreamedBodyTest, GoesOnAfterAnInterimAnswer) {
  ScriptedServer server([](Peer& peer) {
    const std::string head = peer.read_head();
    peer.send("HTTP/1.1 102 Processing\r\n\r\n");
    std::size_t left = 8 * 1024 * 1024;
    while (left > 0) {
      const std::size_t got = peer.read_some(64 * 1024).size();
      if (got == 0) return;
      left -= got;
    }
    peer.send(status(201));
  });
  constexpr std::int64_t kSize = 8 * 1024 * 1024;
  auto exchange = open(server.url(), kSize);
  const std::string piece(1024 * 1024, 'x');
  for (std::int64_t written = 0; written < kSize; written += 1024 * 1024) {
    ASSERT_TRUE(exchange->write(piece));
  }
  EXPECT_EQ(exchange->finish(), Exchange::Progress::done);
  EXPECT_EQ(exchange->response().status_code, 201);
}

TEST_F(StreamedBodyTest, ThatTheServerDoesNotReadIsGivenUpForItsAnswer) {
  // The server reads nothing, so that the pipe is full when it answers.
  ScriptedServer* self = nullptr;
  ScriptedServer server([&self](Peer& peer) {
    peer.read_head();
    self->await(1);
    peer.send(status(403));
    self->await(2);
  });
  self = &server;
  constexpr std::int64_t kSize = 1'000'000'000;
  auto exchange = open(server.url(), kSize);
  const std::string piece(4 * 1024 * 1024, 'x');
  server.arrive();
  while (exchange->waits_on() == -1 && exchange->write(piece)) {
    // The answer is there once writes cost nothing: nobody takes these bytes.
    if (exchange->response().status_code != 0) break;
  }
  EXPECT_EQ(exchange->finish(), Exchange::Progress::done);
  EXPECT_EQ(exchange->response().status_code, 403);
  server.arrive();
}

TEST_F(StreamedBodyTest, ThatTheServerRefusesByClosingStillHasItsAnswer) {
  ScriptedServer server([](Peer& peer) {
    peer.read_head();
    peer.send(status(400, "Connection: close\r\n"));
  });
  auto exchange = open(server.url(), 64 * 1024 * 1024);
  const std::string piece(64 * 1024, 'x');
  for (int i = 0; i < 1024; ++i) {
    const auto taken = exchange->write(piece);
    // A reset may have thrown the answer away; then the write says that the connection broke.
    if (!taken) {
      EXPECT_EQ(taken.error().kind, ErrorKind::network);
      return;
    }
  }
  EXPECT_EQ(exchange->finish(), Exchange::Progress::done);
  EXPECT_EQ(exchange->response().status_code, 400);
}

TEST_F(StreamedBodyTest, ABodyAtHandMayBeAnsweredBeforeItsEnd) {
  // It reads nothing but the head, so that the body cannot be sent whole.
  ScriptedServer server([](Peer& peer) {
    const std::string head = peer.read_head();
    peer.send(status(413, "Connection: close\r\n"));
    peer.wait_for_end();
  });
  ScriptedServer deaf([](Peer& peer) {
    peer.read_head();
    peer.send(status(403));
    peer.wait_for_close();
  });
  const std::string body(64 * 1024 * 1024, 'x');
  EXPECT_EQ(fetch(request(server.url(), "POST", body))->response.status_code, 413);
  EXPECT_EQ(fetch(request(deaf.url(), "POST", body))->response.status_code, 403);
}

TEST_F(StreamedBodyTest, OfAnAnswerIsNotReadBeforeTheRequestIsFinished) {
  ScriptedServer server({ok("hello")});
  auto exchange = open(server.url(), 5);
  char byte = 0;
  const auto got = exchange->read(&byte, 1);
  ASSERT_FALSE(got);
  EXPECT_EQ(got.error().kind, ErrorKind::parameter);
  EXPECT_THAT(got.error().message, HasSubstr("read before the request was finished"));
  EXPECT_FALSE(exchange->finish()) << "an exchange that failed stays so";
  EXPECT_TRUE(server.requests().empty());
}

TEST_F(StreamedBodyTest, OfAnAnswerComesInPiecesAndEndsOnce) {
  const std::string body(300'000, 'x');
  ScriptedServer server({ok(body)});
  auto opened = client().open(request(server.url()), {});
  ASSERT_TRUE(opened);
  Exchange& exchange = **opened;
  ASSERT_TRUE(exchange.finish());
  std::string read;
  std::string piece(1000, ' ');
  for (;;) {
    const auto got = exchange.read(piece.data(), piece.size());
    ASSERT_TRUE(got);
    if (*got == 0) break;
    read.append(piece, 0, *got);
  }
  EXPECT_EQ(read, body);
  EXPECT_EQ(exchange.read(piece.data(), piece.size()), 0U);
}

TEST_F(StreamedBodyTest, OfAnAnswerThatBreaksIsAnErrorForGood) {
  ScriptedServer server([](Peer& peer) {
    peer.read_request();
    peer.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello");
  });
  auto opened = client().open(request(server.url()), {});
  ASSERT_TRUE(opened);
  Exchange& exchange = **opened;
  ASSERT_TRUE(exchange.finish());
  std::string piece(1000, ' ');
  EXPECT_EQ(exchange.read(piece.data(), piece.size()), 5U);
  for (int i = 0; i < 2; ++i) {
    const auto got = exchange.read(piece.data(), piece.size());
    ASSERT_FALSE(got);
    EXPECT_THAT(got.error().message, HasSubstr("5 of 10"));
  }
}

}  // namespace
}  // namespace dockerhub::http
