// Event logs over connections whose other ends the tests hold.
#include "event_log.hpp"

#include <gtest/gtest.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <vector>

#include "http/connection.hpp"

namespace dockerhub::mcp {
namespace {

using Resumed = EventLog::Resumed;

// A client that has asked for something, and the way back to it. Outlives the logs that have the way.
class Asking {
 public:
  Asking() {
    std::array<int, 2> ends = {-1, -1};
    EXPECT_EQ(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends.data()), 0);
    client_ = web::Descriptor(ends[0]);
    connection_ =
        std::make_shared<web::Connection>(host_, 1, web::Descriptor(ends[1]), web::Remote());
    const std::string_view request = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
    EXPECT_EQ(::send(client_.get(), request.data(), request.size(), 0),
              static_cast<ssize_t>(request.size()));
    connection_->on_ready(false);
  }
  ~Asking() {
    reply_.reset();
    connection_->abandon();
  }
  Asking(const Asking&) = delete;
  Asking& operator=(const Asking&) = delete;

  const EventLog::Reply& reply() const { return reply_; }

  // The connection breaks.
  void break_off() {
    client_ = web::Descriptor();
    EXPECT_FALSE(connection_->on_ready(true));
    connection_->abandon();
  }

  // All that came.
  std::string read() {
    std::array<char, 65536> buffer = {};
    ssize_t size = 0;
    while ((size = ::recv(client_.get(), buffer.data(), buffer.size(), 0)) > 0)
      got_.append(buffer.data(), static_cast<std::size_t>(size));
    return got_;
  }
  // The ids of the events that came, and their messages.
  std::vector<std::string> lines(std::string_view begin) {
    std::vector<std::string> found;
    const std::string text = read();
    for (std::size_t at = 0; (at = text.find("\n" + std::string(begin), at)) != text.npos;) {
      at += 1 + begin.size();
      found.push_back(text.substr(at, text.find('\n', at) - at));
    }
    return found;
  }
  std::vector<std::string> ids() { return lines("id: "); }
  std::vector<std::string> messages() { return lines("data: "); }
  bool ended() { return read().find("\r\n0\r\n\r\n") != std::string::npos; }

 private:
  const web::Limits limits_;
  web::Metrics metrics_;
  EventLog::Reply reply_;
  web::Connection::Host host_{
      limits_, metrics_,
      [this](const web::Request&, EventLog::Reply reply) { reply_ = std::move(reply); },
      [](std::uint64_t) {}};
  web::Descriptor client_;
  std::shared_ptr<web::Connection> connection_;
  std::string got_;
};

const web::Response kWhole = web::json_response(200, "whole");
using Texts = std::vector<std::string>;

TEST(EventLog, AnAnswerWithoutEventsIsNoStreamAndIsNotKept) {
  Asking client;
  EventLog log(nullptr);
  log.end(log.begin(client.reply()), kWhole, "answer");
  EXPECT_NE(client.read().find("\r\n\r\nwhole"), std::string::npos);
  EXPECT_EQ(log.kept_events(), 0U);
}

TEST(EventLog, EventsHaveIdsThatDifferInTheSession) {
  Asking first, second;
  EventLog log(nullptr);
  const auto one = log.begin(first.reply());
  const auto two = log.begin(second.reply());
  log.send(one, "1");
  log.send(two, "2");
  log.end(one, kWhole, "3");
  EXPECT_EQ(first.messages(), (Texts{"1", "3"}));
  EXPECT_TRUE(first.ended());
  std::vector<std::string> ids = first.ids();
  for (const std::string& id : second.ids()) ids.push_back(id);
  std::sort(ids.begin(), ids.end());
  EXPECT_EQ(ids.size(), 3U);
  EXPECT_EQ(std::unique(ids.begin(), ids.end()), ids.end());
}

TEST(EventLog, AStreamOfTheNewestRevisionBeginsWithAnIdAlone) {
  Asking client;
  EventLog log(nullptr);
  log.set_primes(true);
  const auto stream = log.begin(client.reply());
  log.send(stream, "1");
  EXPECT_EQ(client.messages(), (Texts{"", "1"}));
  EXPECT_EQ(client.ids().size(), 2U);
}

TEST(EventLog, WhoComesBackGetsTheRestOfThatStreamAlone) {
  Asking lost, other, again;
  EventLog log(nullptr);
  const auto stream = log.begin(lost.reply());
  const auto neighbour = log.begin(other.reply());
  log.send(stream, "1");
  log.send(neighbour, "elsewhere");
  const std::string last = lost.ids().back();
  lost.break_off();
  log.send(stream, "2");
  EXPECT_EQ(log.resume(last, again.reply()), Resumed::yes);
  EXPECT_EQ(again.messages(), (Texts{"2"}));
  EXPECT_FALSE(again.ended());
  log.end(stream, kWhole, "3");
  EXPECT_EQ(again.messages(), (Texts{"2", "3"}));
  EXPECT_TRUE(again.ended());
}

TEST(EventLog, AnAnswerThatNobodyCouldReadIsKept) {
  Asking lost, again, third;
  EventLog log(nullptr);
  log.set_primes(true);
  const auto stream = log.begin(lost.reply());
  log.send(stream, "1");
  const std::string first = lost.ids().front();
  lost.break_off();
  log.end(stream, kWhole, "answer");
  EXPECT_EQ(log.resume(first, again.reply()), Resumed::yes);
  EXPECT_EQ(again.messages(), (Texts{"1", "answer"}));
  EXPECT_TRUE(again.ended());
  // Also once more, and not for nothing.
  EXPECT_EQ(log.resume(again.ids().back(), third.reply()), Resumed::over);
  EXPECT_EQ(log.resume(again.ids().front(), third.reply()), Resumed::yes);
  EXPECT_EQ(third.messages(), (Texts{"answer"}));
}

TEST(EventLog, AConnectionThatOnlySeemsOpenGivesWay) {
  Asking half_open, again;
  EventLog log(nullptr);
  const auto stream = log.begin(half_open.reply());
  log.send(stream, "1");
  EXPECT_EQ(log.resume(half_open.ids().back(), again.reply()), Resumed::yes);
  log.send(stream, "2");
  EXPECT_EQ(again.messages(), (Texts{"2"}));
  EXPECT_EQ(half_open.messages(), (Texts{"1"}));
}

TEST(EventLog, NoticesOfTheTimeBetweenAreNotLost) {
  Asking first, second, again;
  EventLog log(nullptr);
  log.set_primes(true);
  log.send(EventLog::kNotices, "nobody listens yet");
  EXPECT_TRUE(log.listen(first.reply()));
  EXPECT_TRUE(log.listens());
  EXPECT_FALSE(log.listen(second.reply()));
  const std::string last = first.ids().back();
  first.break_off();
  EXPECT_FALSE(log.listens());
  log.send(EventLog::kNotices, "changed");
  EXPECT_EQ(log.resume(last, again.reply()), Resumed::yes);
  EXPECT_EQ(again.messages(), (Texts{"changed"}));
  EXPECT_TRUE(log.listens());
  log.end_notices();
  EXPECT_TRUE(again.ended());
}

TEST(EventLog, IdsOfOthersAndOfNobodyAreRefused) {
  Asking client, beside, again;
  EventLog log(nullptr), neighbour(nullptr);
  log.send(log.begin(client.reply()), "1");
  neighbour.send(neighbour.begin(beside.reply()), "1");
  const std::string own = client.ids().back();
  const std::string mark = own.substr(0, own.find('-'));
  const Texts wrong = {beside.ids().back(),
                       "",
                       "x",
                       mark,
                       mark + "-",
                       mark + "-1",
                       mark + "-1-",
                       mark + "-1-2",
                       mark + "-2-1",
                       mark + "-1-1x",
                       mark + "--1-1",
                       mark + "-1--1",
                       mark + "-1-01",
                       mark + "-1-99999999999999999999999",
                       own + "-1"};
  for (const std::string& id : wrong)
    EXPECT_EQ(log.resume(id, again.reply()), Resumed::foreign) << id;
  EXPECT_EQ(again.read(), "");
  EXPECT_EQ(log.resume(own, again.reply()), Resumed::yes);
}

TEST(EventLog, WhatIsKeptIsBounded) {
  Asking client, late, in_time;
  EventLog log(nullptr);
  const auto stream = log.begin(client.reply());
  for (std::size_t each = 0; each < EventLog::kMostEvents + 10; ++each) log.send(stream, "x");
  EXPECT_EQ(log.kept_events(), EventLog::kMostEvents);
  const Texts ids = client.ids();
  EXPECT_EQ(log.resume(ids.front(), late.reply()), Resumed::lost);
  EXPECT_EQ(late.read(), "");
  EXPECT_EQ(log.resume(ids.at(20), in_time.reply()), Resumed::yes);
  log.send(stream, std::string(EventLog::kMostBytes + 1, 'x'));
  EXPECT_EQ(log.kept_events(), 0U);
}

TEST(EventLog, AllSessionsShareOneBound) {
  const auto kept = std::make_shared<KeptBytes>(0);
  {
    Asking client, again;
    EventLog log(kept);
    const auto stream = log.begin(client.reply());
    log.send(stream, "1");
    EXPECT_GT(*kept, 0U);
    // Whatever the others have, each has its share.
    *kept += EventLog::kMostOfAll;
    log.send(stream, "2");
    EXPECT_EQ(log.kept_events(), 2U);
    EXPECT_EQ(log.resume(client.ids().front(), again.reply()), Resumed::yes);
    EXPECT_EQ(again.messages(), (Texts{"2"}));
    log.send(stream, std::string(EventLog::kShare - 1000, 'x'));
    log.send(stream, std::string(1000, 'x'));
    EXPECT_EQ(log.kept_events(), 1U);
    *kept -= EventLog::kMostOfAll;
  }
  EXPECT_EQ(*kept, 0U);
}

TEST(EventLog, NothingIsKeptForWhomNobodyCanComeBack) {
  Asking gone, silent, notices;
  EventLog log(nullptr);
  const auto stream = log.begin(gone.reply());
  gone.break_off();
  log.send(stream, "1");
  log.end(stream, kWhole, "2");
  // A stream that began with nothing has told no id.
  EXPECT_TRUE(log.listen(notices.reply()));
  notices.break_off();
  log.send(EventLog::kNotices, "3");
  EXPECT_EQ(log.kept_events(), 0U);
  log.set_primes(true);
  const auto primed = log.begin(silent.reply());
  silent.reply()->begin_stream();
  silent.break_off();
  log.end(primed, kWhole, "4");
  EXPECT_EQ(log.kept_events(), 1U);
}

TEST(EventLog, AConnectionMayGiveWayBeforeItsClientGoesOn) {
  Asking half_open, notices, again, once_more;
  EventLog log(nullptr);
  log.set_primes(true);
  const auto stream = log.begin(half_open.reply());
  log.send(stream, "1");
  EXPECT_TRUE(log.listen(notices.reply()));
  log.give_way("x");
  EXPECT_FALSE(half_open.ended());
  log.give_way(half_open.ids().back());
  log.give_way(notices.ids().back());
  EXPECT_TRUE(half_open.ended());
  EXPECT_TRUE(notices.ended());
  EXPECT_FALSE(log.listens());
  log.end(stream, kWhole, "2");
  EXPECT_EQ(log.resume(half_open.ids().back(), again.reply()), Resumed::yes);
  EXPECT_EQ(again.messages(), (Texts{"2"}));
  EXPECT_EQ(log.resume(notices.ids().back(), once_more.reply()), Resumed::yes);
  EXPECT_TRUE(log.listens());
}

TEST(EventLog, WhatIsOldIsForgotten) {
  Asking client, again;
  EventLog log(nullptr);
  const auto stream = log.begin(client.reply());
  log.send(stream, "1");
  log.end(stream, kWhole, "2");
  log.expire(EventLog::Clock::now());
  EXPECT_EQ(log.kept_events(), 2U);
  log.expire(EventLog::Clock::now() + EventLog::kKept + std::chrono::seconds(1));
  EXPECT_EQ(log.kept_events(), 0U);
  EXPECT_EQ(log.resume(client.ids().front(), again.reply()), Resumed::lost);
}

TEST(EventLog, ACallThatWasTakenBackEndsItsStreamWithoutAnAnswer) {
  Asking client, again;
  EventLog log(nullptr);
  const auto stream = log.begin(client.reply());
  log.send(stream, "1");
  log.end(stream, {web::status::kAccepted, {}, {}}, {});
  EXPECT_EQ(client.messages(), (Texts{"1"}));
  EXPECT_TRUE(client.ended());
  EXPECT_EQ(log.resume(client.ids().back(), again.reply()), Resumed::over);
  EXPECT_EQ(again.read(), "");
}

}  // namespace
}  // namespace dockerhub::mcp
