#include "http/answer_head.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace dockerhub::http {
namespace {

using testing::HasSubstr;
using Kind = BodyFraming::Kind;

AnswerHead head_of(const std::string& text) {
  AnswerHead head;
  const auto size = read_head(text, head);
  EXPECT_TRUE(size) << text << ": " << size.error().message;
  EXPECT_EQ(size.value_or(0), text.size());
  return head;
}

std::string refusal(const std::string& text) {
  AnswerHead head;
  const auto size = read_head(text, head);
  if (size) return {};
  EXPECT_EQ(size.error().kind, ErrorKind::network);
  return size.error().message;
}

Result<BodyFraming> framing(const std::string& fields, int status = 200,
                            std::string_view method = "GET", const char* version = "1.1") {
  return body_framing(head_of("HTTP/" + std::string(version) + ' ' + std::to_string(status) +
                              " x\r\n" + fields + "\r\n"),
                      method);
}

TEST(AnswerHeadTest, IsReadWithItsFieldsInTheirOrder) {
  const AnswerHead head = head_of(
      "HTTP/1.1 404 Not Found\r\nContent-Type:  text/plain \r\nlink: a\r\nLink:\tb\r\n\r\n");
  EXPECT_EQ(head.status_code, 404);
  EXPECT_EQ(head.minor_version, 1);
  EXPECT_EQ(head.headers.find("content-type"), "text/plain");
  EXPECT_THAT(head.headers.all("LINK"), testing::ElementsAre("a", "b"));
}

TEST(AnswerHeadTest, MayComeWithoutAReason) {
  EXPECT_EQ(head_of("HTTP/1.1 200\r\n\r\n").status_code, 200);
  EXPECT_EQ(head_of("HTTP/1.0 200 \r\n\r\n").minor_version, 0);
}

TEST(AnswerHeadTest, IsNotThereBeforeItsEmptyLine) {
  const std::string whole = "HTTP/1.1 200 OK\r\nA: b\r\n\r\n";
  AnswerHead head;
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const auto read = read_head(std::string_view(whole).substr(0, size), head);
    ASSERT_TRUE(read) << size;
    EXPECT_EQ(*read, 0U) << size;
  }
  EXPECT_EQ(*read_head(whole + "body", head), whole.size());
}

TEST(AnswerHeadTest, ThatIsNoneIsRefusedWithTheFirstBytes) {
  EXPECT_THAT(refusal("SSH-2.0-OpenSSH\r\n"), HasSubstr("SSH-2.0-OpenSSH"));
  EXPECT_THAT(refusal("\x15\x03\x01"), HasSubstr("\\u0015"));
  EXPECT_THAT(refusal("HTTP/2 200\r\n\r\n"), HasSubstr("status line"));
}

TEST(AnswerHeadTest, WithAMalformedStatusLineIsRefused) {
  for (const char* line : {"HTTP/1.1 20", "HTTP/1.1 2000 x", "HTTP/1.1 abc x", "HTTP/1.1  200 x",
                           "HTTP/1.1 099 x", "HTTP/1.1 600 x", "HTTP/1.12 200 x", "HTTP/1.x 200 x",
                           "HTTP/1.1 200x", "HTTP/1.1 200 a\x01"}) {
    EXPECT_THAT(refusal(std::string(line) + "\r\n\r\n"), HasSubstr("malformed")) << line;
  }
}

TEST(AnswerHeadTest, WithAMalformedFieldIsRefused) {
  for (const char* line : {"no colon", ": no name", "A : blank before the colon", " folded: line",
                           "A: b\nB: c", "A: b\rc", "A: \x01", "\xC3\xA4: b", "A\tB: c"}) {
    EXPECT_THAT(refusal("HTTP/1.1 200 OK\r\n" + std::string(line) + "\r\n\r\n"),
                HasSubstr("malformed"))
        << line;
  }
  EXPECT_THAT(refusal(std::string("HTTP/1.1 200 OK\r\nA: b\0c\r\n\r\n", 27)),
              HasSubstr("control character"));
}

TEST(AnswerHeadTest, HasAtMost64KiBAnd200Fields) {
  const std::string begin = "HTTP/1.1 200 OK\r\n";
  EXPECT_THAT(refusal(begin + "A: " + std::string(kLargestHead, 'x')), HasSubstr("larger than"));
  std::string fields;
  for (std::size_t i = 0; i < kMostFields; ++i) fields += "A: b\r\n";
  EXPECT_EQ(refusal(begin + fields + "\r\n"), "");
  EXPECT_THAT(refusal(begin + fields + "A: b\r\n\r\n"), HasSubstr("200 header fields"));
}

TEST(BodyFramingTest, IsTheLengthTheChunksOrTheEndOfTheConnection) {
  EXPECT_EQ(framing("Content-Length: 12\r\n")->kind, Kind::sized);
  EXPECT_EQ(framing("Content-Length: 12\r\n")->size, 12U);
  EXPECT_EQ(framing("Content-Length: 0\r\n")->kind, Kind::none);
  EXPECT_EQ(framing("Transfer-Encoding: Chunked\r\n")->kind, Kind::chunked);
  EXPECT_EQ(framing("")->kind, Kind::until_close);
  EXPECT_FALSE(framing("")->keep_alive);
}

TEST(BodyFramingTest, TakesOneLengthSaidTwice) {
  EXPECT_EQ(framing("Content-Length: 12, 12\r\nContent-Length: 12\r\n")->size, 12U);
}

TEST(BodyFramingTest, RefusesWhatTwoReadersCouldReadDifferently) {
  for (const char* fields :
       {"Content-Length: 1\r\nContent-Length: 2\r\n", "Content-Length: 1, 2\r\n",
        "Content-Length: -1\r\n", "Content-Length: +1\r\n", "Content-Length: 0x10\r\n",
        "Content-Length: 1 1\r\n", "Content-Length:\r\n",
        "Content-Length: 99999999999999999999\r\n",
        "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "Transfer-Encoding: gzip\r\n",
        "Transfer-Encoding: gzip, chunked\r\n", "Transfer-Encoding: chunked, chunked\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
        "Transfer-Encoding: xchunked\r\n", "Transfer-Encoding:\r\n"}) {
    const auto read = framing(fields);
    ASSERT_FALSE(read) << fields;
    EXPECT_EQ(read.error().kind, ErrorKind::network);
  }
  EXPECT_FALSE(framing("Transfer-Encoding: chunked\r\n", 200, "GET", "1.0"));
}

TEST(BodyFramingTest, OfHeadNoContentAndNotModifiedHasNoBody) {
  const auto head = framing("Content-Length: 1234\r\n", 200, "HEAD");
  EXPECT_EQ(head->kind, Kind::none);
  EXPECT_EQ(head->content_length, 1234);
  EXPECT_EQ(framing("", 204)->kind, Kind::none);
  EXPECT_EQ(framing("Content-Length: 7\r\n", 304)->kind, Kind::none);
  EXPECT_TRUE(framing("", 204)->keep_alive);
}

TEST(BodyFramingTest, KeepsAConnectionThatBothWantToKeep) {
  EXPECT_TRUE(framing("Content-Length: 1\r\n")->keep_alive);
  EXPECT_FALSE(framing("Content-Length: 1\r\nConnection: x, Close\r\n")->keep_alive);
  EXPECT_FALSE(framing("Content-Length: 1\r\n", 200, "GET", "1.0")->keep_alive);
  EXPECT_TRUE(
      framing("Content-Length: 1\r\nConnection: Keep-Alive\r\n", 200, "GET", "1.0")->keep_alive);
}

}  // namespace
}  // namespace dockerhub::http
