// Messages between the two processes: what is not there is told, what is too long is refused.
#include <gmock/gmock.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <limits>
#include <thread>

#include "wire.hpp"

namespace dockerhub::plugin_host {
namespace {

TEST(Fields, ComeBackAsTheyWere) {
  FieldWriter out;
  out.number(std::numeric_limits<std::int64_t>::min());
  out.bytes("");
  out.bytes(std::string_view("a\0b", 3));
  out.number(-1);
  const std::string fields = out.take();
  FieldReader in(fields);
  EXPECT_EQ(in.number(), std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(in.bytes(), "");
  EXPECT_EQ(in.bytes(), std::string_view("a\0b", 3));
  EXPECT_EQ(in.number(), -1);
  EXPECT_TRUE(in.good());
  EXPECT_TRUE(in.at_end());
}

TEST(Fields, OfTheOtherSortOrCutOffAreNone) {
  FieldWriter out;
  out.number(7);
  out.bytes("text");
  const std::string fields = out.take();
  FieldReader sort(fields);
  EXPECT_EQ(sort.bytes(), "");
  EXPECT_FALSE(sort.good());
  for (std::size_t size = 0; size < fields.size(); ++size) {
    FieldReader in(std::string_view(fields).substr(0, size));
    in.number();
    in.bytes();
    EXPECT_FALSE(in.good()) << size;
    EXPECT_EQ(in.bytes(), "") << size;
  }
}

class Wire : public testing::Test {
 protected:
  Wire() { EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()), 0); }
  ~Wire() override {
    for (const int end : ends) ::close(end);
  }

  std::array<int, 2> ends{};
};

TEST_F(Wire, CarriesMessagesThatAreLongerThanItHolds) {
  Message message{Kind::reply, 12, 34, std::string(3 * 1024 * 1024 + 1, 'x')};
  std::thread sender([&] {
    Link link(ends[0]);
    EXPECT_TRUE(link.send(message));
    EXPECT_TRUE(link.send({Kind::cancel, 0, 5, {}}));
  });
  Link link(ends[1]);
  const auto first = link.receive();
  const auto second = link.receive();
  sender.join();
  ASSERT_TRUE(first && second);
  EXPECT_EQ(first->kind, Kind::reply);
  EXPECT_EQ(first->function, 12U);
  EXPECT_EQ(first->id, 34U);
  EXPECT_TRUE(first->fields == message.fields);
  EXPECT_EQ(second->kind, Kind::cancel);
  EXPECT_EQ(second->id, 5U);
}

TEST_F(Wire, RefusesSizesThatNoMessageHas) {
  for (const std::uint32_t size : {0U, 12U, static_cast<std::uint32_t>(kMaxMessage + 1)}) {
    std::array<int, 2> pair{};
    ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, pair.data()), 0);
    std::array<char, 17> head{};
    std::memcpy(head.data(), &size, sizeof size);
    ASSERT_EQ(::send(pair[0], head.data(), head.size(), 0), 17);
    EXPECT_FALSE(Link(pair[1]).receive()) << size;
    ::close(pair[0]);
    ::close(pair[1]);
  }
}

TEST_F(Wire, SendsNothingThatIsTooLong) {
  EXPECT_FALSE(Link::fits(std::string(kMaxMessage, 'x')));
  Link link(ends[0]);
  EXPECT_FALSE(link.send({Kind::request, 1, 1, std::string(kMaxMessage, 'x')}));
  EXPECT_TRUE(link.send({Kind::request, 1, 1, "nothing was sent before"}));
  EXPECT_EQ(Link(ends[1]).receive()->fields, "nothing was sent before");
}

TEST_F(Wire, EndsWithTheOtherProcessAfterItsLastWords) {
  std::array<int, 2> ended{};
  ASSERT_EQ(::pipe(ended.data()), 0);
  Link other(ends[0]);
  Link link(ends[1], ended[0]);
  ASSERT_TRUE(other.send({Kind::request, 1, 1, "first"}));
  EXPECT_EQ(link.receive()->fields, "first");
  ASSERT_TRUE(other.send({Kind::request, 1, 1, "last"}));
  ASSERT_EQ(::write(ended[1], "", 1), 1);
  EXPECT_EQ(link.receive()->fields, "last");
  EXPECT_FALSE(link.receive()) << "whoever still holds its end";
  EXPECT_FALSE(other.send({Kind::request, 1, 1, "and is not listened to"}));
  for (const int end : ended) ::close(end);
}

TEST_F(Wire, EndsWithTheOtherEnd) {
  ::shutdown(ends[0], SHUT_WR);
  EXPECT_FALSE(Link(ends[1]).receive());
}

}  // namespace
}  // namespace dockerhub::plugin_host
