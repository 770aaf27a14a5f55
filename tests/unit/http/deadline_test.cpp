// Every wait ends: by the step's own time, by the exchange's, by the caller's, by a stop.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <thread>

#include "client_fixture.hpp"

namespace dockerhub::http {
namespace {

using testing::HasSubstr;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

class DeadlineTest : public ClientFixture {
 protected:
  // The request fails with a time-out that says this. Which of the deadlines ended it is in the words: the
  // upper bound only tells an end from none, since a busy machine may not run this process for seconds.
  void expect_timeout(const Request& request, const char* words, std::chrono::milliseconds time,
                      const Control& control = {}) {
    const auto begin = Clock::now();
    const Error error = failure(request, control);
    const auto took = Clock::now() - begin;
    EXPECT_EQ(error.kind, ErrorKind::timeout);
    EXPECT_THAT(error.message, HasSubstr(words));
    EXPECT_FALSE(error.hint.empty());
    EXPECT_GE(took, time);
    EXPECT_LT(took, 60s);
  }

  // A server that sends `begin`, then one byte after the other for ever.
  static ScriptedServer::Handler drip(std::string begin) {
    return [begin = std::move(begin)](Peer& peer) {
      peer.read_request();
      if (!peer.send(begin)) return;
      while (peer.send("x")) std::this_thread::sleep_for(5ms);
    };
  }
  static void say_nothing(Peer& peer) { peer.wait_for_end(); }
};

// A port whose queue of connections is full, so that the system drops what comes.
class DeafPort {
 public:
  DeafPort() {
    address_.sin_family = AF_INET;
    address_.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address_);
    listener_.reset(::socket(AF_INET, SOCK_STREAM, 0));
    (void)::bind(listener_.get(), reinterpret_cast<sockaddr*>(&address_), size);
    (void)::listen(listener_.get(), 0);
    ::getsockname(listener_.get(), reinterpret_cast<sockaddr*>(&address_), &size);
    for (UniqueFd& waiting : queue_) {
      waiting.reset(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0));
      (void)::connect(waiting.get(), reinterpret_cast<sockaddr*>(&address_), size);
    }
  }
  Url url() const {
    return parse_url("http://127.0.0.1:" + std::to_string(ntohs(address_.sin_port)) + "/").value();
  }

 private:
  sockaddr_in address_ = {};
  UniqueFd listener_;
  std::array<UniqueFd, 4> queue_;
};

TEST_F(DeadlineTest, OfTheConnection) {
  options_.connect_timeout = 100ms;
  const DeafPort deaf;
  expect_timeout(request(deaf.url()), "no connection was made within 100 ms", 100ms);
}

TEST_F(DeadlineTest, OfTheTlsHandshakeIsThatOfTheConnection) {
  options_.connect_timeout = 300ms;
  ScriptedServer server(say_nothing);
  Url url = server.url();
  url.origin.scheme = "https";
  expect_timeout(request(url), "no connection was made within 300 ms", 300ms);
}

TEST_F(DeadlineTest, OfTheFirstByte) {
  options_.first_byte_timeout = 100ms;
  ScriptedServer server(say_nothing);
  expect_timeout(request(server.url()), "no answer came within 100 ms", 100ms);
}

TEST_F(DeadlineTest, OfTheSilenceWithinAHead) {
  options_.idle_timeout = 100ms;
  ScriptedServer server([](Peer& peer) {
    peer.read_request();
    peer.send("HTTP/1.1 200");
    peer.wait_for_end();
  });
  expect_timeout(request(server.url()), "idle for 100 ms", 100ms);
}

TEST_F(DeadlineTest, OfTheSilenceWithinABody) {
  options_.idle_timeout = 100ms;
  ScriptedServer server([](Peer& peer) {
    peer.read_request();
    peer.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello");
    peer.wait_for_end();
  });
  expect_timeout(request(server.url()), "idle for 100 ms", 100ms);
}

TEST_F(DeadlineTest, OfTheSilenceOfAServerThatDoesNotRead) {
  options_.idle_timeout = 200ms;
  ScriptedServer* self = nullptr;
  ScriptedServer server([&self](Peer& peer) {
    peer.read_head();
    self->await(1);
  });
  self = &server;
  expect_timeout(request(server.url(), "POST", std::string(16 * 1024 * 1024, 'x')),
                 "idle for 200 ms", 200ms);
  server.arrive();
}

TEST_F(DeadlineTest, OfTheWholeExchangeEndsADrippingHead) {
  options_.total_timeout = 200ms;
  ScriptedServer server(drip("HTTP/1.1 200 OK\r\nX-Drip: "));
  expect_timeout(request(server.url()), "longer than 200 ms", 200ms);
}

TEST_F(DeadlineTest, OfTheWholeExchangeEndsADrippingBody) {
  options_.total_timeout = 200ms;
  ScriptedServer server(drip("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"));
  expect_timeout(request(server.url()), "longer than 200 ms", 200ms);
}

TEST_F(DeadlineTest, OfTheRequestReplacesTheConfiguredOne) {
  ScriptedServer server(drip("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"));
  Request brief = request(server.url());
  brief.timeout = 200ms;
  expect_timeout(brief, "longer than 200 ms", 200ms);
}

TEST_F(DeadlineTest, OfTheCallerBeatsAllOthers) {
  ScriptedServer server(say_nothing);
  Control control;
  control.deadline = Clock::now() + 200ms;
  expect_timeout(request(server.url()), "time of the call ran out", 190ms, control);
}

TEST_F(DeadlineTest, ThatPassedBeforehandSendsNothing) {
  ScriptedServer server({ok("hello")});
  Control control;
  control.deadline = Clock::now() - 1s;
  EXPECT_EQ(failure(request(server.url()), control).kind, ErrorKind::timeout);
  EXPECT_EQ(server.connections(), 0);
}

TEST_F(DeadlineTest, OfAnAnswerThatNobodyWantsIsShort) {
  // A redirect whose body never ends is followed all the same.
  ScriptedServer server([](Peer& peer) {
    if (peer.read_request().find("GET /new ") != std::string::npos) {
      peer.send(ok("hello"));
      return;
    }
    peer.send("HTTP/1.1 302 x\r\nLocation: /new\r\nContent-Length: 1000\r\n\r\n");
    peer.wait_for_end();
  });
  const auto begin = Clock::now();
  EXPECT_EQ(fetch(server.url())->body, "hello");
  EXPECT_LT(Clock::now() - begin, 10s);
}

// The exchange ends soon after the stop, although none of its deadlines comes near.
class CancellationTest : public ClientFixture {
 protected:
  void expect_cancelled(const Request& request, ScriptedServer* server) {
    std::stop_source stop;
    Control control;
    control.stop = stop.get_token();
    std::thread stopper([&] {
      if (server != nullptr) server->await(1);
      stop.request_stop();
    });
    const Error error = failure(request, control);
    stopper.join();
    EXPECT_EQ(error.kind, ErrorKind::cancelled);
    EXPECT_EQ(error.request, request.method + " /");
  }

  ScriptedServer* self_ = nullptr;
};

TEST_F(CancellationTest, EndsAConnectionThatIsBeingMade) {
  const DeafPort deaf;
  expect_cancelled(request(deaf.url()), nullptr);
}

TEST_F(CancellationTest, EndsATlsHandshake) {
  ScriptedServer server([this](Peer& peer) {
    peer.read_some(1);
    self_->arrive();
    peer.wait_for_end();
  });
  self_ = &server;
  Url url = server.url();
  url.origin.scheme = "https";
  expect_cancelled(request(url), &server);
}

TEST_F(CancellationTest, EndsTheWaitForAnAnswer) {
  ScriptedServer server([this](Peer& peer) {
    peer.read_request();
    self_->arrive();
    peer.wait_for_end();
  });
  self_ = &server;
  expect_cancelled(request(server.url()), &server);
}

TEST_F(CancellationTest, EndsTheReadingOfABody) {
  ScriptedServer server([this](Peer& peer) {
    peer.read_request();
    peer.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello");
    self_->arrive();
    peer.wait_for_end();
  });
  self_ = &server;
  expect_cancelled(request(server.url()), &server);
}

TEST_F(CancellationTest, EndsTheWritingOfABody) {
  ScriptedServer server([this](Peer& peer) {
    peer.read_head();
    self_->arrive();
    self_->await(2);
  });
  self_ = &server;
  expect_cancelled(request(server.url(), "POST", std::string(64 * 1024 * 1024, 'x')), &server);
  server.arrive();
}

TEST_F(CancellationTest, EndsTheReadingOfATlsBody) {
  const Certificate certificate("IP:127.0.0.1");
  options_.ca_file = certificate.file();
  ScriptedServer server(
      [this](Peer& peer) {
        peer.read_request();
        peer.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello");
        self_->arrive();
        peer.wait_for_end();
      },
      &certificate);
  self_ = &server;
  expect_cancelled(request(server.url()), &server);
}

TEST_F(CancellationTest, BeforehandSendsNothing) {
  ScriptedServer server({ok("hello")});
  std::stop_source stop;
  stop.request_stop();
  Control control;
  control.stop = stop.get_token();
  EXPECT_EQ(failure(request(server.url()), control).kind, ErrorKind::cancelled);
  EXPECT_EQ(server.connections(), 0);
}

}  // namespace
}  // namespace dockerhub::http
