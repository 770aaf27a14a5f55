// The server with short limits, spoken to over real sockets.
#include "http/server.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <csignal>
#include <future>
#include <mutex>
#include <thread>

#include "running_server.hpp"

namespace dockerhub::web {
namespace {

using std::chrono::milliseconds;

TEST(Server, AnswersOneRequestAfterTheOtherOnAConnection) {
  Running running(echo);
  Client client(running.port());
  for (int round = 0; round < 3; ++round) {
    client.say(kGet);
    EXPECT_EQ(client.read_until("/a ").find("HTTP/1.1 200 OK\r\n"), 0U);
    client.forget();
  }
}

TEST(Server, AnswersPipelinedRequestsInTheirOrder) {
  std::vector<std::thread> workers;
  Running running([&workers](Request request, std::shared_ptr<Responder> responder) {
    workers.emplace_back([request = std::move(request), responder = std::move(responder)] {
      responder->respond(text_response(status::kOk, "<" + request.path + ">"));
    });
  });
  Client client(running.port());
  client.say(
      "GET /1 HTTP/1.1\r\nHost: x\r\n\r\nGET /2 HTTP/1.1\r\nHost: x\r\n\r\n"
      "GET /3 HTTP/1.1\r\nHost: x\r\n\r\n");
  const std::string got = client.read_until("</3>");
  EXPECT_LT(got.find("</1>"), got.find("</2>"));
  EXPECT_LT(got.find("</2>"), got.find("</3>"));
  running.end();
  for (std::thread& worker : workers) worker.join();
}

TEST(Server, ClosesWhenTheClientWantsSo) {
  Running running(echo);
  Client client(running.port());
  client.say("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  EXPECT_NE(client.read_all().find("Connection: close"), std::string::npos);
  EXPECT_TRUE(client.ended());
}

TEST(Server, TellsWhyItCannotReadARequest) {
  Running running(echo);
  Client client(running.port());
  client.say("nonsense\r\n\r\n");
  EXPECT_EQ(client.read_all().find("HTTP/1.1 400 "), 0U);
}

TEST(Server, ARequestThatNobodyAnswersIsAnsweredAllTheSame) {
  Running running([](const Request&, const std::shared_ptr<Responder>&) {});
  Client client(running.port());
  client.say(kGet);
  EXPECT_EQ(client.read_until("answered").find("HTTP/1.1 500 "), 0U);
}

TEST(Server, AHeadThatDripsIsGivenUp) {
  Limits limits;
  limits.head_time = milliseconds(50);
  Running running(echo, limits);
  Client client(running.port());
  client.say("GET / HT");
  EXPECT_EQ(client.read_all().find("HTTP/1.1 408 "), 0U);
}

TEST(Server, ABodyThatDripsIsGivenUp) {
  Limits limits;
  limits.body_time = milliseconds(50);
  Running running(echo, limits);
  Client client(running.port());
  client.say("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nab");
  EXPECT_EQ(client.read_all().find("HTTP/1.1 408 "), 0U);
}

TEST(Server, IdleAndDrippingConnectionsHoldNobodyUp) {
  Running running(echo);
  std::vector<std::unique_ptr<Client>> others;
  for (int count = 0; count < 300; ++count) {
    others.push_back(std::make_unique<Client>(running.port()));
    if (count % 10 == 0) others.back()->say("POST / HTTP/1.1\r\nHo");
  }
  Client client(running.port());
  client.say(kGet);
  EXPECT_EQ(client.read_until("/a ").find("HTTP/1.1 200 "), 0U);
}

TEST(Server, BeyondItsConnectionsAnIdleOneGivesWay) {
  Limits limits;
  limits.connections = 2;
  Running running(echo, limits);
  Client first(running.port());
  Client second(running.port());
  Client third(running.port());
  third.say(kGet);
  EXPECT_EQ(third.read_until("/a ").find("HTTP/1.1 200 "), 0U);
}

TEST(Server, AStreamBeginsWithItsFirstEventAndEndsWithItsAnswer) {
  Running running([](const Request&, const std::shared_ptr<Responder>& responder) {
    responder->offer_stream({status::kOk, {{"Content-Type", "text/event-stream"}}, {}});
    responder->event("data: 1\n\n");
    responder->complete(json_response(status::kOk, "{}"),
                        [] { return std::string("data: 2\n\n"); });
  });
  Client client(running.port());
  client.say(kGet);
  const std::string got = client.read_until("\r\n0\r\n\r\n");
  EXPECT_NE(got.find("text/event-stream"), std::string::npos);
  EXPECT_NE(got.find("9\r\ndata: 1\n\n\r\n9\r\ndata: 2\n\n\r\n0\r\n\r\n"), std::string::npos)
      << got;
}

TEST(Server, AnAnswerWithoutEventsIsWhole) {
  Running running([](const Request&, const std::shared_ptr<Responder>& responder) {
    responder->offer_stream({status::kOk, {{"Content-Type", "text/event-stream"}}, {}});
    responder->complete(json_response(status::kOk, "{}"),
                        [] { return std::string("data: 2\n\n"); });
  });
  Client client(running.port());
  client.say(kGet);
  EXPECT_NE(client.read_until("\r\n\r\n{}").find("Content-Length: 2"), std::string::npos);
}

TEST(Server, TheBodyOfAStreamsHeadIsItsFirstPiece) {
  Running running([](const Request& request, const std::shared_ptr<Responder>& responder) {
    responder->offer_stream({status::kOk, {}, "first\n"});
    if (request.path == "/stream") responder->event("second\n");
    const bool whole =
        responder->complete(json_response(status::kOk, "{}"), [] { return std::string("last\n"); });
    EXPECT_EQ(whole, request.path != "/stream");
  });
  Client client(running.port());
  client.say("GET /stream HTTP/1.1\r\nHost: x\r\n\r\n");
  const std::string got = client.read_until("\r\n0\r\n\r\n");
  EXPECT_NE(got.find("6\r\nfirst\n\r\n7\r\nsecond\n\r\n5\r\nlast\n\r\n0\r\n"), std::string::npos)
      << got;
  client.forget();
  client.say(kGet);
  EXPECT_EQ(client.read_until("\r\n\r\n{}").find("first"), std::string::npos);
}

TEST(Server, WhatIsHeldForAnAnswerIsDroppedWithIt) {
  std::weak_ptr<int> watched;
  Running running([&](const Request&, const std::shared_ptr<Responder>& responder) {
    auto thing = std::make_shared<int>(1);
    watched = thing;
    responder->hold(std::move(thing));
    EXPECT_FALSE(watched.expired());
    responder->respond(text_response(status::kOk, "done"));
    EXPECT_TRUE(watched.expired());
  });
  Client client(running.port());
  client.say(kGet);
  EXPECT_NE(client.read_until("done").find("200 OK"), std::string::npos);
}

TEST(Server, TellsClientsApartByTheirAddress) {
  Running running([](const Request& request, const std::shared_ptr<Responder>& responder) {
    responder->respond(text_response(status::kOk, "<" + request.place + ">"));
  });
  Client client(running.port());
  client.say(kGet);
  EXPECT_NE(client.read_until(">").find("<127.0.0.1>"), std::string::npos);
}

TEST(Server, ALateAnswerBecomesAStreamThatIsKeptAlive) {
  Limits limits;
  limits.late_stream = milliseconds(1);
  limits.keep_alive = milliseconds(1);
  std::shared_ptr<Responder> held;
  Running running(
      [&](const Request&, std::shared_ptr<Responder> responder) {
        responder->offer_stream({status::kOk, {{"Content-Type", "text/event-stream"}}, {}});
        held = std::move(responder);
      },
      limits);
  Client client(running.port());
  client.say(kGet);
  EXPECT_NE(client.read_until(":\n\n").find("text/event-stream"), std::string::npos);
  client.close();
  running.end();
  held.reset();
}

TEST(Server, TellsThatTheClientHasGone) {
  std::mutex mutex;
  std::condition_variable_any changed;
  std::stop_token gone;
  std::shared_ptr<Responder> held;
  Running running([&](const Request&, std::shared_ptr<Responder> responder) {
    const std::lock_guard lock(mutex);
    held = std::move(responder);
    gone = held->gone();
    changed.notify_all();
  });
  Client client(running.port());
  client.say(kGet);
  std::unique_lock lock(mutex);
  ASSERT_TRUE(changed.wait_for(lock, std::chrono::seconds(20), [&] { return held != nullptr; }));
  EXPECT_FALSE(gone.stop_requested());
  client.close();
  std::atomic<bool> told = false;
  const std::stop_callback callback(gone, [&] { told = true; });
  for (int wait = 0; wait < 2000 && !told; ++wait) {
    changed.wait_for(lock, milliseconds(10));
  }
  EXPECT_TRUE(told);
  lock.unlock();
  running.end();
  held.reset();
}

TEST(Server, GivesUpAClientThatDoesNotRead) {
  Limits limits;
  limits.unread = 1024 * 1024;
  std::promise<void> offered;
  Running running(
      [&](const Request&, const std::shared_ptr<Responder>& responder) {
        responder->offer_stream({status::kOk, {}, {}});
        const std::string piece(64 * 1024, 'x');
        // More than the socket's buffers and the limit hold together.
        for (int count = 0; count < 1000; ++count) responder->event(piece);
        offered.set_value();
      },
      limits);
  Client client(running.port());
  client.say(kGet);
  ASSERT_EQ(offered.get_future().wait_for(milliseconds(kDeadline)), std::future_status::ready);
  client.read_all();
  EXPECT_TRUE(client.ended());
  EXPECT_GE(running.server().metrics().overflowed, 1U);
}

TEST(Server, AnAnswerThatIsTheLastIsReadToItsEnd) {
  constexpr std::size_t kSize = 32 * 1024 * 1024;
  Limits limits;
  limits.linger_time = milliseconds(1);
  limits.late_stream = milliseconds(1);
  std::shared_ptr<Responder> held;
  Running running(
      [&held](const Request& request, std::shared_ptr<Responder> responder) {
        if (request.path == "/a") {
          responder->offer_stream({status::kOk, {}, {}});
          held = std::move(responder);
        } else {
          responder->respond(text_response(status::kOk, std::string(kSize, 'x')));
        }
      },
      limits);
  Client client(running.port());
  client.say("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  client.read_until("\r\n\r\n");
  // A late stream begins when the loop has looked at all deadlines.
  Client late(running.port());
  late.say(kGet);
  late.read_until("\r\n\r\n");
  EXPECT_GT(client.read_all().size(), kSize);
  late.close();
  running.end();
  held.reset();
}

TEST(Server, AStreamThatWaitsForItsClientIsReadToItsEnd) {
  constexpr std::size_t kPiece = 64 * 1024;
  constexpr std::size_t kPieces = 100;
  Limits limits;
  limits.unread = 1024 * 1024;
  std::thread writer;
  Running running(
      [&](const Request&, const std::shared_ptr<Responder>& responder) {
        writer = std::thread([responder] {
          responder->offer_stream({status::kOk, {}, {}});
          for (std::size_t count = 0; count < kPieces; ++count) {
            responder->event(std::string(kPiece, 'x'));
            EXPECT_TRUE(responder->wait_read(kPiece));
          }
          responder->finish();
        });
      },
      limits);
  Client client(running.port());
  client.say("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  const std::string got = client.read_all();
  running.end();
  writer.join();
  EXPECT_GE(got.size(), kPieces * kPiece);
  EXPECT_EQ(running.server().metrics().overflowed, 0U);
}

TEST(Server, AStreamOfAKnownSizeTellsItAndLeavesTheConnectionOpen) {
  Running running([](const Request& request, const std::shared_ptr<Responder>& responder) {
    responder->offer_stream({status::kOk, {}, {}}, 6);
    responder->event("abc");
    responder->complete(json_response(status::kOk, "{}"),
                        [&request] { return std::string(request.method == "HEAD" ? "" : "def"); });
  });
  Client client(running.port());
  client.say("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
  const std::string head = client.read_until("\r\n\r\n");
  EXPECT_NE(head.find("Content-Length: 6\r\n"), std::string::npos) << head;
  client.forget();
  client.say(kGet);
  const std::string got = client.read_until("abcdef");
  EXPECT_EQ(got.find("HTTP/1.1 200 "), 0U) << got;
  EXPECT_EQ(got.find("chunked"), std::string::npos) << got;
}

// Each of them would else be taken for a whole one.
TEST(Server, AStreamThatIsNotWholeEndsItsConnection) {
  Running running([](const Request& request, const std::shared_ptr<Responder>& responder) {
    const bool is_sized = request.path != "/chunks";
    responder->offer_stream({status::kOk, {}, {}},
                            is_sized ? std::optional<std::uint64_t>(6) : std::nullopt);
    responder->event("abc");
    if (request.path == "/long") responder->event("defg");
    if (is_sized) {
      responder->finish();
    } else {
      responder->cut();
    }
  });
  for (const char* path : {"/short", "/long", "/chunks"}) {
    Client client(running.port());
    client.say("GET " + std::string(path) + " HTTP/1.1\r\nHost: a\r\n\r\n");
    const std::string got = client.read_all();
    EXPECT_TRUE(client.ended()) << path;
    EXPECT_EQ(got.find("defg"), std::string::npos) << got;
    EXPECT_EQ(got.find("\r\n0\r\n"), std::string::npos) << got;
  }
}

TEST(Server, OnlyAnEventStreamHasCommentsToKeepItAlive) {
  Limits limits;
  limits.keep_alive = milliseconds(1);
  std::shared_ptr<Responder> lines, events;
  Running running(
      [&](const Request& request, std::shared_ptr<Responder> responder) {
        if (request.path == "/end") {
          lines->finish();
          return responder->finish();
        }
        const bool of_lines = request.path == "/lines";
        const char* type = of_lines ? "application/x-ndjson" : "text/event-stream; charset=utf-8";
        responder->offer_stream({status::kOk, {{"Content-Type", type}}, {}});
        responder->begin_stream();
        (of_lines ? lines : events) = std::move(responder);
      },
      limits);
  Client list(running.port());
  list.say("GET /lines HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  list.read_until("x-ndjson");
  Client feed(running.port());
  feed.say(kGet);
  // One tick has passed for both.
  EXPECT_NE(feed.read_until(":\n\n").find("text/event-stream"), std::string::npos);
  Client other(running.port());
  other.say("GET /end HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(list.read_all().find(":\n\n"), std::string::npos);
  feed.close();
  running.end();
  lines.reset();
  events.reset();
}

TEST(Server, WhoWaitsForAClientThatHasGoneIsToldSo) {
  std::atomic<int> waited = -1;
  std::thread writer;
  Running running([&](const Request&, const std::shared_ptr<Responder>& responder) {
    writer = std::thread([&waited, responder] {
      responder->offer_stream({status::kOk, {}, {}});
      while (responder->wait_read(0)) responder->event("x");
      waited = 1;
    });
  });
  {
    Client client(running.port());
    client.say(kGet);
    client.read_until("x");
  }
  running.end();
  writer.join();
  EXPECT_EQ(waited, 1);
}

TEST(Server, WithoutAConnectionItWakesOnlyWhereATickIsWaitedFor) {
  std::promise<void> second, third;
  int ticks = 0;  // of the server's thread
  Running running(echo, {}, nullptr, [&] {
    ++ticks;
    if (ticks == 2) second.set_value();
    if (ticks == 3) third.set_value();
    return ticks < 2;
  });
  EXPECT_EQ(second.get_future().wait_for(milliseconds(kDeadline)), std::future_status::ready);
  std::future<void> next = third.get_future();
  EXPECT_EQ(next.wait_for(milliseconds(2500)), std::future_status::timeout);
  const Client client(running.port());
  EXPECT_EQ(next.wait_for(milliseconds(kDeadline)), std::future_status::ready);
}

TEST(Server, ASignalLetsWhatRunsFinishAndTakesNothingNew) {
  std::shared_ptr<Responder> held;
  std::mutex mutex;
  std::condition_variable arrived;
  Running running([&](const Request&, std::shared_ptr<Responder> responder) {
    const std::lock_guard lock(mutex);
    held = std::move(responder);
    arrived.notify_all();
  });
  Client client(running.port());
  client.say(kGet);
  {
    std::unique_lock lock(mutex);
    ASSERT_TRUE(arrived.wait_for(lock, std::chrono::seconds(20), [&] { return held != nullptr; }));
  }
  running.signal(SIGTERM);
  while (!running.drained) std::this_thread::yield();
  held->respond(text_response(status::kOk, "done"));
  EXPECT_NE(client.read_until("done").find("200 OK"), std::string::npos);
  running.join();
  EXPECT_EQ(running.code, SIGTERM);
  EXPECT_FALSE(running.cancelled);
  held.reset();
}

TEST(Server, WhatDoesNotFinishInTimeIsCancelled) {
  Limits limits;
  limits.drain_time = milliseconds(10);
  limits.cancel_time = milliseconds(10);
  std::shared_ptr<Responder> held;
  std::atomic<bool> arrived = false;
  Running running(
      [&](const Request&, std::shared_ptr<Responder> responder) {
        held = std::move(responder);
        arrived = true;
      },
      limits);
  Client client(running.port());
  client.say(kGet);
  while (!arrived) std::this_thread::yield();
  running.signal(SIGINT);
  running.join();
  EXPECT_TRUE(running.cancelled);
  EXPECT_EQ(running.code, SIGINT);
  held.reset();
}

}  // namespace
}  // namespace dockerhub::web
