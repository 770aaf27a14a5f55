// dockerhub-plugin-host, asked by hand: what it refuses, and how it divides what is too long for a message.
#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "by_hand.hpp"

namespace dockerhub::plugin_host {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr std::size_t kMany = 5 * kMaxBuffer / 2;  // what odd_module hands over

class HostProgram : public ByHand {
 protected:
  HostProgram() : ByHand(ODD_MODULE) {}

  ~HostProgram() override {
    process.hang_up();
    process.ended();
  }

  // The module's next message, which has to ask for this.
  Message asked(HostFunction function) {
    Message message = receive();
    EXPECT_EQ(message.kind, Kind::request);
    EXPECT_EQ(message.function, static_cast<std::uint32_t>(function));
    return message;
  }

  // The call ends with this status.
  void expect_end(dh_status status) {
    const Message message = receive();
    EXPECT_EQ(message.kind, Kind::reply);
    EXPECT_EQ(FieldReader(message.fields).number(), status);
  }

  void expect_answer(std::size_t number) {
    const Message answer = asked(HostFunction::answer);
    EXPECT_EQ(FieldReader(answer.fields).bytes(), std::to_string(number));
    reply(answer);
    expect_end(DH_OK);
  }
};

std::size_t size_of_bytes(const Message& message) {
  FieldReader in(message.fields);
  in.number();
  const std::size_t size = in.bytes().size();
  EXPECT_TRUE(in.good() && in.at_end());
  return size;
}

TEST_F(HostProgram, RefusesAnotherProtocol) {
  EXPECT_EQ(start(kProtocol + 1), DH_E_UNSUPPORTED);
  EXPECT_THAT(problem, HasSubstr("protocol " + std::to_string(kProtocol)));
}

TEST_F(HostProgram, RefusesOneCallTooMany) {
  ASSERT_EQ(start(), DH_OK);
  const std::uint64_t first = 2;
  for (std::uint64_t id = first; id <= first + kMaxCalls; ++id) invoke(id, "hold");
  const Message refused = receive();
  EXPECT_EQ(refused.id, first + kMaxCalls);
  FieldReader in(refused.fields);
  EXPECT_EQ(in.number(), DH_E_LIMIT);
  EXPECT_EQ(in.bytes(), "has too many calls under way");
}

TEST_F(HostProgram, SendsWhatIsWrittenUpToABound) {
  ASSERT_EQ(start(), DH_OK);
  invoke(2, "write");
  const Message write = asked(HostFunction::http_write);
  EXPECT_EQ(size_of_bytes(write), kMaxBuffer);
  FieldWriter taken;
  taken.number(DH_OK);
  taken.number(77);
  reply(write, taken);
  expect_answer(77);
}

TEST_F(HostProgram, SendsWhatIsDigestedInPieces) {
  ASSERT_EQ(start(), DH_OK);
  invoke(2, "update");
  std::vector<std::size_t> sizes;
  for (std::size_t sent = 0; sent < kMany; sent += sizes.back()) {
    const Message piece = asked(HostFunction::digest_update);
    sizes.push_back(size_of_bytes(piece));
    ASSERT_GT(sizes.back(), 0U);
    reply(piece);
  }
  EXPECT_THAT(sizes, ElementsAre(kMaxBuffer, kMaxBuffer, kMaxBuffer / 2));
  expect_answer(kMany);
}

TEST_F(HostProgram, SendsNoPieceAfterOneThatWasRefused) {
  ASSERT_EQ(start(), DH_OK);
  invoke(2, "update");
  FieldWriter refusal;
  refusal.number(DH_E_CANCELLED);
  reply(asked(HostFunction::digest_update), refusal);
  expect_end(DH_E_CANCELLED);
}

TEST_F(HostProgram, ReadsUpToABound) {
  ASSERT_EQ(start(), DH_OK);
  invoke(2, "read");
  const Message read = asked(HostFunction::http_read);
  FieldReader in(read.fields);
  in.number();
  EXPECT_EQ(in.number(), static_cast<std::int64_t>(kMaxBuffer));
  FieldWriter bytes;
  bytes.number(DH_OK);
  bytes.bytes(std::string(kMaxBuffer, 'x'));
  reply(read, bytes);
  expect_answer(kMaxBuffer);
}

TEST_F(HostProgram, TakesARefusalWithoutResults) {
  ASSERT_EQ(start(), DH_OK);
  invoke(2, "read");
  FieldWriter refusal;
  refusal.number(DH_E_LIMIT);
  reply(asked(HostFunction::http_read), refusal);
  expect_end(DH_E_LIMIT);
}

TEST_F(HostProgram, SaysWhatIsWrongWithWhatIsTooLong) {
  ASSERT_EQ(start(), DH_OK);
  invoke(2, "too_long");
  const Message fail = asked(HostFunction::fail);
  EXPECT_THAT(fail.fields, HasSubstr("too long to be sent"));
  FieldWriter failed;
  failed.number(DH_E_FAILED);
  reply(fail, failed);
  expect_end(DH_E_LIMIT);
}

TEST_F(HostProgram, AsksUnderTheCallWhereItRunsOne) {
  ASSERT_EQ(start(), DH_OK);
  invoke(2, "log");
  const Message inside = asked(HostFunction::log_write);
  EXPECT_EQ(inside.id, 2U);
  reply(inside);
  const Message outside = asked(HostFunction::log_write);
  EXPECT_EQ(outside.id, kHostId);
  reply(outside);
  expect_end(DH_OK);
}

}  // namespace
}  // namespace dockerhub::plugin_host
