// Answers of bytes that come piece by piece, over real sockets.
#include "bytes.hpp"

#include <gmock/gmock.h>

#include <functional>
#include <string>

#include "../http_server/running_server.hpp"

namespace dockerhub::rest {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

constexpr const char* kAbcOfSix = R"({"encoding":"base64","data":"YWJj","size":6})";
constexpr const char* kDef = R"({"encoding":"base64","data":"ZGVm"})";

web::Response good_envelope() {
  return web::json_response(web::status::kOk, R"({"status_code":200,"data":null})");
}

// The whole answer that this writes.
std::string written(const std::function<void(Bytes&)>& write, const std::string& method = "GET") {
  web::Running running(
      [&](const web::Request& request, const std::shared_ptr<web::Responder>& reply) {
        Bytes bytes(reply, {}, request.method == "HEAD");
        write(bytes);
      });
  web::Client client(running.port());
  client.say(method + " /v1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  return client.read_all();
}

TEST(Bytes, AreThoseOfTheirPieces) {
  const std::string answer = written([](Bytes& bytes) {
    EXPECT_TRUE(bytes.put(kAbcOfSix));
    EXPECT_TRUE(bytes.put(kDef));
    bytes.end(good_envelope());
  });
  EXPECT_THAT(answer, HasSubstr("Content-Type: application/octet-stream\r\n"));
  EXPECT_THAT(answer, HasSubstr("Content-Length: 6\r\n"));
  EXPECT_THAT(answer, EndsWith("\r\n\r\nabcdef"));
}

TEST(Bytes, OfAnUnknownSizeComeInChunks) {
  const std::string answer = written([](Bytes& bytes) {
    EXPECT_TRUE(bytes.put(kDef));
    bytes.end(good_envelope());
  });
  EXPECT_THAT(answer, EndsWith("\r\n\r\n3\r\ndef\r\n0\r\n\r\n"));
}

TEST(Bytes, ForWhoWantsNoBodyEndWithTheHead) {
  const std::string answer = written(
      [](Bytes& bytes) {
        EXPECT_FALSE(bytes.put(kAbcOfSix));
        bytes.end(good_envelope());
      },
      "HEAD");
  EXPECT_THAT(answer, HasSubstr("Content-Length: 6\r\n"));
  EXPECT_THAT(answer, EndsWith("\r\n\r\n"));
}

TEST(Bytes, WithoutAPieceAreTheAnswerItself) {
  const std::string answer = written(
      [](Bytes& bytes) { bytes.end(web::text_response(web::status::kBadGateway, "upstream")); });
  EXPECT_THAT(answer, HasSubstr("HTTP/1.1 502 "));
  EXPECT_THAT(answer, EndsWith("upstream"));
}

// A chunked answer that has its last chunk, or one with all of its Content-Length, would be a whole one.
TEST(Bytes, ThatWereCutAreNeverWhole) {
  for (const char* first : {kAbcOfSix, kDef}) {
    const std::string failed = written([first](Bytes& bytes) {
      EXPECT_TRUE(bytes.put(first));
      bytes.end(web::text_response(web::status::kBadGateway, "upstream"));
    });
    EXPECT_THAT(failed, HasSubstr("HTTP/1.1 200 "));
    EXPECT_THAT(failed, Not(HasSubstr("upstream")));
    EXPECT_THAT(failed, Not(EndsWith("0\r\n\r\n")));
  }
  const std::string strange = written([](Bytes& bytes) {
    EXPECT_TRUE(bytes.put(kDef));
    EXPECT_FALSE(bytes.put(R"({"encoding":"base64","data":"*"})"));
    bytes.end(good_envelope());
  });
  EXPECT_THAT(strange, Not(EndsWith("0\r\n\r\n")));
}

}  // namespace
}  // namespace dockerhub::rest
