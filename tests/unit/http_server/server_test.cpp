// The server with short limits, spoken to over real sockets.
#include "http/server.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <sys/socket.h>

#include <atomic>
#include <condition_variable>
#include <csignal>
#include <functional>
#include <thread>

namespace dockerhub::web {
namespace {

using std::chrono::milliseconds;
constexpr int kDeadline = 20'000;  // of a wait, in milliseconds

// A client that says bytes and reads bytes.
class Client {
 public:
  explicit Client(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(connect(socket_.get(), reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  }

  void say(std::string_view bytes) {
    EXPECT_EQ(send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL),
              static_cast<ssize_t>(bytes.size()));
  }

  // All that came until `end` is in it, the server closed, or the deadline passed.
  std::string read_until(std::string_view end) {
    while (got_.find(end) == std::string::npos && read_more()) {
    }
    return got_;
  }
  std::string read_all() {
    while (read_more()) {
    }
    return got_;
  }
  void forget() { got_.clear(); }
  bool ended() const { return ended_; }
  void close() { socket_ = Descriptor(); }

 private:
  bool read_more() {
    pollfd ready = {socket_.get(), POLLIN, 0};
    if (poll(&ready, 1, kDeadline) != 1) {
      ADD_FAILURE() << "nothing came; so far: " << got_;
      return false;
    }
    char buffer[4096];
    const ssize_t size = recv(socket_.get(), buffer, sizeof buffer, 0);
    if (size <= 0) {
      ended_ = true;
      return false;
    }
    got_.append(buffer, static_cast<std::size_t>(size));
    return true;
  }

  Descriptor socket_;
  std::string got_;
  bool ended_ = false;
};

// Serves on a thread of its own until it goes. The signals of the process are not touched: the server
// reads them from a pipe.
class Running {
 public:
  using Handle = std::function<void(Request, std::shared_ptr<Responder>)>;

  explicit Running(Handle handle, const Limits& limits = {}) {
    auto listener = Listener::open(*read_address("127.0.0.1:0"));
    port_ = listener->port();
    std::vector<Listener> listeners;
    listeners.push_back(std::move(*listener));
    server_ = std::make_unique<Server>(std::move(listeners), limits);
    int ends[2] = {-1, -1};
    EXPECT_EQ(pipe(ends), 0);
    signals_ = Descriptor(ends[0]);
    raise_ = Descriptor(ends[1]);
    Server::Handlers handlers;
    handlers.request = std::move(handle);
    handlers.tick = [] {};
    handlers.hangup = [] {};
    handlers.drain = [this] { drained = true; };
    handlers.cancel = [this] { cancelled = true; };
    thread_ = std::thread([this, handlers = std::move(handlers)]() mutable {
      code = server_->run(signals_.get(), std::move(handlers));
    });
  }
  ~Running() { end(); }

  std::uint16_t port() const { return port_; }
  Server& server() { return *server_; }

  void signal(int number) {
    signalfd_siginfo info = {};
    info.ssi_signo = static_cast<std::uint32_t>(number);
    EXPECT_EQ(write(raise_.get(), &info, sizeof info), static_cast<ssize_t>(sizeof info));
  }
  void end() {
    if (!thread_.joinable()) return;
    signal(SIGTERM);
    thread_.join();
  }
  void join() { thread_.join(); }

  std::atomic<bool> drained = false, cancelled = false;
  std::atomic<int> code = -1;

 private:
  std::uint16_t port_ = 0;
  std::unique_ptr<Server> server_;
  Descriptor signals_, raise_;
  std::thread thread_;
};

void echo(const Request& request, const std::shared_ptr<Responder>& responder) {
  responder->respond(text_response(status::kOk, request.path + " " + request.body));
}

constexpr std::string_view kGet = "GET /a HTTP/1.1\r\nHost: x\r\n\r\n";

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
  Running running([](Request request, std::shared_ptr<Responder> responder) {
    std::thread([request = std::move(request), responder = std::move(responder)] {
      responder->respond(text_response(status::kOk, "<" + request.path + ">"));
    }).detach();
  });
  Client client(running.port());
  client.say(
      "GET /1 HTTP/1.1\r\nHost: x\r\n\r\nGET /2 HTTP/1.1\r\nHost: x\r\n\r\n"
      "GET /3 HTTP/1.1\r\nHost: x\r\n\r\n");
  const std::string got = client.read_until("</3>");
  EXPECT_LT(got.find("</1>"), got.find("</2>"));
  EXPECT_LT(got.find("</2>"), got.find("</3>"));
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
    responder->complete(json_response(status::kOk, "{}"), "data: 2\n\n");
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
    responder->complete(json_response(status::kOk, "{}"), "data: 2\n\n");
  });
  Client client(running.port());
  client.say(kGet);
  EXPECT_NE(client.read_until("\r\n\r\n{}").find("Content-Length: 2"), std::string::npos);
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
  Running running(
      [](const Request&, const std::shared_ptr<Responder>& responder) {
        responder->offer_stream({status::kOk, {}, {}});
        const std::string piece(64 * 1024, 'x');
        // More than the socket's buffers and the limit hold together.
        for (int count = 0; count < 1000; ++count) responder->event(piece);
      },
      limits);
  Client client(running.port());
  client.say(kGet);
  client.read_all();
  EXPECT_TRUE(client.ended());
  EXPECT_GE(running.server().metrics().overflowed, 1U);
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
