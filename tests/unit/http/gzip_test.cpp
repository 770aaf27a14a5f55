// Answers that come as gzip: unpacked whole, bounded, or refused.
#include <zlib.h>

#include <array>
#include <charconv>

#include "client_fixture.hpp"
#include "http/content_decoder.hpp"

namespace dockerhub::http {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string packed(const std::string& text) {
  constexpr int kGzip = 16;
  constexpr int kMemory = 8;
  z_stream zlib = {};
  EXPECT_EQ(deflateInit2(&zlib, Z_BEST_COMPRESSION, Z_DEFLATED, MAX_WBITS + kGzip, kMemory,
                         Z_DEFAULT_STRATEGY),
            Z_OK);
  std::string out(deflateBound(&zlib, text.size()), ' ');
  std::string input = text;
  zlib.next_in = reinterpret_cast<Bytef*>(input.data());
  zlib.avail_in = static_cast<uInt>(input.size());
  zlib.next_out = reinterpret_cast<Bytef*>(out.data());
  zlib.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(deflate(&zlib, Z_FINISH), Z_STREAM_END);
  out.resize(zlib.total_out);
  deflateEnd(&zlib);
  return out;
}

// Text that does not pack to nothing.
std::string text_of(std::size_t size) {
  std::string text;
  for (unsigned i = 0; text.size() < size; ++i) text += std::to_string(i * 2654435761U) + ',';
  text.resize(size);
  return text;
}

// One chunk of a chunked body.
std::string chunk_of(const std::string& body) {
  std::array<char, 16> size = {};
  const auto end = std::to_chars(size.begin(), size.end(), body.size(), 16).ptr;
  return std::string(size.begin(), end) + "\r\n" + body + "\r\n";
}

constexpr std::string_view kGzipField = "Content-Encoding: gzip\r\n";

class GzipTest : public ClientFixture {
 protected:
  Request asking(const Url& url) {
    Request made = request(url);
    made.accepts_gzip = true;
    return made;
  }

  // The error of an answer with that body, which is said to be gzip.
  Error refusal(const std::string& body, std::string_view fields = kGzipField) {
    ScriptedServer server({ok(body, fields)});
    return failure(asking(server.url()));
  }
};

TEST_F(GzipTest, IsAskedForAndUnpacked) {
  const std::string text = text_of(300'000);
  const std::string body = packed(text);
  ScriptedServer server({ok(body, kGzipField)});
  for (int i = 0; i < 2; ++i) {
    const auto answer = fetch(asking(server.url()));
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_EQ(answer->body, text);
    EXPECT_EQ(answer->response.content_length, -1);
    EXPECT_FALSE(answer->response.headers.find("Content-Encoding"));
    EXPECT_FALSE(answer->response.headers.find("Content-Length"));
  }
  EXPECT_EQ(server.connections(), 1) << "the answer was read to its end";
  EXPECT_THAT(server.requests().front(), HasSubstr("Accept-Encoding: gzip\r\n"));
}

TEST_F(GzipTest, ComesInChunksAndPiecesOfAnySize) {
  const std::string text = text_of(50'000);
  const std::string body = packed(text);
  std::string chunked =
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n" + std::string(kGzipField) + "\r\n";
  for (const char letter : body) chunked += std::string("1\r\n") + letter + "\r\n";
  ScriptedServer server({chunked + "0\r\n\r\n"});
  auto opened = client().open(asking(server.url()), {});
  ASSERT_TRUE(opened);
  ASSERT_TRUE((*opened)->finish());
  std::string read;
  std::array<char, 7> piece = {};
  for (;;) {
    const auto got = (*opened)->read(piece.data(), piece.size());
    ASSERT_TRUE(got) << got.error().message;
    if (*got == 0) break;
    read.append(piece.data(), *got);
  }
  EXPECT_EQ(read, text);
}

TEST_F(GzipTest, ThatIsAtHandIsReadWithoutWaitingForTheServer) {
  const std::string text(10'000, 'x');
  ScriptedServer server([body = packed(text)](Peer& peer) {
    peer.read_request();
    peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n" + std::string(kGzipField) +
              "\r\n" + chunk_of(body));
    peer.wait_for_end();  // the last chunk never comes
  });
  auto opened = client().open(asking(server.url()), {});
  ASSERT_TRUE(opened);
  Exchange& exchange = **opened;
  ASSERT_TRUE(exchange.finish());
  char byte = 0;
  ASSERT_EQ(exchange.read(&byte, 1), 1U);
  EXPECT_EQ(exchange.waits_on(), -1) << "the rest was received already";
  std::string rest(text.size() - 1, ' ');
  for (std::size_t at = 0; at < rest.size();) {
    const auto got = exchange.read(rest.data() + at, rest.size() - at);
    ASSERT_TRUE(got) << got.error().message;
    ASSERT_GT(*got, 0U);
    at += *got;
  }
  EXPECT_EQ(byte + rest, text);
}

TEST_F(GzipTest, OfSeveralMembersIsOneContent) {
  ScriptedServer server({ok(packed("hello ") + packed("world"), kGzipField)});
  EXPECT_EQ(fetch(asking(server.url()))->body, "hello world");
}

TEST_F(GzipTest, OfNothingIsNothing) {
  ScriptedServer server({ok("", kGzipField), ok(packed(""), kGzipField)});
  for (int i = 0; i < 2; ++i) EXPECT_EQ(fetch(asking(server.url()))->body, "");
}

TEST_F(GzipTest, IsNotForWhoeverDoesNotAskForIt) {
  const std::string blob = packed("a layer");
  ScriptedServer server({ok(blob, kGzipField)});
  const auto answer = fetch(server.url());
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->body, blob) << "its digest is that of the bytes as they are stored";
  EXPECT_EQ(answer->response.content_length, static_cast<std::int64_t>(blob.size()));
  EXPECT_THAT(server.requests().front(), HasSubstr("Accept-Encoding: identity\r\n"));
}

TEST_F(GzipTest, AnAnswerMayComeAsItIs) {
  ScriptedServer server({ok("plain"), ok("plain", "Content-Encoding: identity\r\n")});
  for (int i = 0; i < 2; ++i) {
    const auto answer = fetch(asking(server.url()));
    EXPECT_EQ(answer->body, "plain");
    EXPECT_EQ(answer->response.content_length, 5);
  }
}

TEST_F(GzipTest, ThatUnpacksToMoreThanAllowedIsRefused) {
  options_.max_unpacked = 1'000'000;
  const std::string bomb = packed(std::string(100'000'000, '\0'));
  ASSERT_LT(bomb.size(), 200'000U);
  ScriptedServer server({ok(bomb, kGzipField)});
  const Error error = failure(asking(server.url()));
  EXPECT_EQ(error.kind, ErrorKind::api);
  EXPECT_THAT(error.message, HasSubstr("1000000"));
  EXPECT_THAT(error.hint, HasSubstr("http.max_answer"));

  // Read piece by piece the bound is the same.
  auto opened = client().open(asking(server.url()), {});
  ASSERT_TRUE(opened);
  ASSERT_TRUE((*opened)->finish());
  std::string piece(64 * 1024, ' ');
  std::size_t read = 0;
  for (;;) {
    const auto got = (*opened)->read(piece.data(), piece.size());
    if (!got) break;
    ASSERT_GT(*got, 0U);
    read += *got;
  }
  EXPECT_LE(read, options_.max_unpacked);
}

TEST_F(GzipTest, ThatIsDamagedOrCutShortIsNoAnswer) {
  std::string damaged = packed(text_of(10'000));
  damaged[damaged.size() / 2] = static_cast<char>(damaged[damaged.size() / 2] ^ 1);
  const std::string whole = packed(text_of(10'000));
  for (const std::string& body :
       {std::string("no gzip"), damaged, whole.substr(0, whole.size() - 1), whole.substr(0, 5),
        whole + "more", whole + whole.substr(0, 100)}) {
    EXPECT_EQ(refusal(body).kind, ErrorKind::network);
  }
}

TEST_F(GzipTest, OtherCodingsWereNotAskedFor) {
  for (const char* fields : {"Content-Encoding: br\r\n", "Content-Encoding: gzip, gzip\r\n",
                             "Content-Encoding: gzip\r\nContent-Encoding: gzip\r\n"}) {
    EXPECT_THAT(refusal(packed("x"), fields).message, HasSubstr("not asked for")) << fields;
  }
}

}  // namespace
}  // namespace dockerhub::http
