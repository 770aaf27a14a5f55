#include "http/body_decoder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace dockerhub::http {
namespace {

using testing::HasSubstr;
using Kind = BodyFraming::Kind;

BodyFraming framing(Kind kind, std::uint64_t size = 0) {
  BodyFraming made;
  made.kind = kind;
  made.size = size;
  return made;
}

struct Outcome {
  std::string body, rest, problem;
  bool done = false;
};

// All input, in pieces of `step` bytes, into a buffer of `room`; then the end of the connection.
Outcome decode(const BodyFraming& kind, std::string_view input, std::size_t step,
               std::size_t room) {
  BodyDecoder decoder(kind);
  Outcome outcome;
  std::string out(room, ' ');
  std::string pending;
  while (!input.empty() || !pending.empty()) {
    const std::size_t count = std::min(step, input.size());
    pending += input.substr(0, count);
    input.remove_prefix(count);
    const auto taken = decoder.decode(pending, out.data(), out.size());
    if (!taken) {
      outcome.problem = taken.error().message;
      return outcome;
    }
    pending.erase(0, taken->consumed);
    outcome.body += out.substr(0, taken->produced);
    if (decoder.done()) break;
  }
  outcome.done = decoder.done();
  outcome.rest = pending + std::string(input);
  if (auto ended = decoder.input_ended(); !ended) outcome.problem = ended.error().message;
  return outcome;
}

TEST(BodyDecoderTest, TakesASizedBodyAndNoByteMore) {
  for (const std::size_t step : {1, 3, 100}) {
    const Outcome outcome = decode(framing(Kind::sized, 5), "helloHTTP/1.1", step, 2);
    EXPECT_EQ(outcome.body, "hello");
    EXPECT_EQ(outcome.rest, "HTTP/1.1");
    EXPECT_TRUE(outcome.done);
    EXPECT_EQ(outcome.problem, "");
  }
}

TEST(BodyDecoderTest, CallsAShortBodyCutShort) {
  EXPECT_THAT(decode(framing(Kind::sized, 10), "hello", 2, 8).problem,
              HasSubstr("after 5 of 10 bytes"));
}

TEST(BodyDecoderTest, JoinsChunksHoweverTheyArrive) {
  const std::string chunks =
      "5\r\nhello\r\n1;name=value\r\n,\r\n006 \r\n world\r\n0\r\nTrailer: x\r\n\r\nrest";
  for (std::size_t step = 1; step <= chunks.size(); ++step) {
    const Outcome outcome = decode(framing(Kind::chunked), chunks, step, 1 + step % 4);
    EXPECT_EQ(outcome.body, "hello, world") << step;
    EXPECT_EQ(outcome.rest, "rest") << step;
    EXPECT_EQ(outcome.problem, "") << step;
  }
}

TEST(BodyDecoderTest, CallsChunksWithoutALastOneCutShort) {
  for (const char* chunks : {"", "5\r\nhel", "5\r\nhello", "5\r\nhello\r\n", "5\r\nhello\r\n0\r\n",
                             "5\r\nhello\r\n0\r\nTrailer: x\r\n"}) {
    EXPECT_THAT(decode(framing(Kind::chunked), chunks, 4, 8).problem, HasSubstr("last chunk"))
        << chunks;
  }
}

TEST(BodyDecoderTest, RefusesMalformedChunks) {
  for (const char* chunks :
       {"ZZ\r\n", "\r\n", "-1\r\n", "0x5\r\nhello\r\n", "5\nhello\r\n", "5 5\r\nhello\r\n",
        "5\r\nhelloworld\r\n", "5\r\nhello\n0\r\n\r\n", "10000000000000000\r\nx", "; x\r\n"}) {
    EXPECT_THAT(decode(framing(Kind::chunked), chunks, 100, 100).problem, HasSubstr("malformed"))
        << chunks;
  }
  EXPECT_THAT(decode(framing(Kind::chunked), "5;" + std::string(2000, 'x'), 7, 8).problem,
              HasSubstr("too long"));
  EXPECT_THAT(decode(framing(Kind::chunked), "0\r\n" + std::string(70000, 'x'), 1000, 8).problem,
              HasSubstr("too long"));
}

TEST(BodyDecoderTest, ReadsToTheEndOfTheConnectionWhereNothingElseIsSaid) {
  const Outcome outcome = decode(framing(Kind::until_close), "hello", 2, 8);
  EXPECT_EQ(outcome.body, "hello");
  EXPECT_EQ(outcome.problem, "");
}

TEST(BodyDecoderTest, OfNoBodyIsDoneAtOnce) {
  EXPECT_TRUE(BodyDecoder(framing(Kind::none)).done());
}

}  // namespace
}  // namespace dockerhub::http
