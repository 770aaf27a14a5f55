// One client used by many threads.
#include <atomic>
#include <thread>

#include "client_fixture.hpp"

namespace dockerhub::http {
namespace {

constexpr int kThreads = 16;

class HttpThreads : public ClientFixture {
 protected:
  static void run(const std::function<void(int)>& body) {
    std::vector<std::thread> running;
    running.reserve(kThreads);
    for (int i = 0; i < kThreads; ++i) running.emplace_back(body, i);
    for (std::thread& thread : running) thread.join();
  }
};

TEST_F(HttpThreads, ShareConnectionsAndGetTheirOwnAnswers) {
  // Each answer says what was asked.
  ScriptedServer server([](Peer& peer) {
    for (std::string request; !(request = peer.read_request()).empty();) {
      peer.send(ok(request.substr(0, request.find(" HTTP/"))));
    }
  });
  Client& shared = client();
  std::atomic<int> wrong = 0;
  run([&](int thread) {
    for (int i = 0; i < 50; ++i) {
      const std::string path = "/" + std::to_string(thread) + "/" + std::to_string(i);
      const auto answer = shared.fetch(request(server.url(path)), {}, kMost);
      wrong += answer && answer->body == "GET " + path ? 0 : 1;
    }
  });
  EXPECT_EQ(wrong, 0);
  EXPECT_LT(server.connections(), kThreads * 50 / 2);
}

TEST_F(HttpThreads, SetUpTlsTogether) {
  const Certificate certificate("DNS:localhost");
  options_.ca_file = certificate.file();
  ScriptedServer server({ok("hello")}, &certificate);
  Client& shared = client();
  std::atomic<int> good = 0;
  run([&](int) {
    const auto answer = shared.fetch(request(server.url("/", "localhost")), {}, kMost);
    good += answer && answer->body == "hello" ? 1 : 0;
  });
  EXPECT_EQ(good, kThreads);
}

TEST_F(HttpThreads, MayBeCancelledInAnyMoment) {
  ScriptedServer server({ok("hello")});
  Client& shared = client();
  std::atomic<int> strange = 0;
  run([&](int thread) {
    for (int i = 0; i < 50; ++i) {
      std::stop_source stop;
      Control control;
      control.stop = stop.get_token();
      std::thread stopper([&, i] {
        for (int spin = 0; spin < i * thread; ++spin) std::this_thread::yield();
        stop.request_stop();
      });
      const auto answer = shared.fetch(request(server.url()), control, kMost);
      stopper.join();
      const bool expected =
          answer ? answer->body == "hello" : answer.error().kind == ErrorKind::cancelled;
      strange += expected ? 0 : 1;
    }
  });
  EXPECT_EQ(strange, 0);
}

TEST_F(HttpThreads, MayCloseIdleConnectionsMeanwhile) {
  ScriptedServer server({ok("hello")});
  Client& shared = client();
  std::atomic<int> failed = 0;
  run([&](int thread) {
    for (int i = 0; i < 50; ++i) {
      if (thread == 0) shared.close_idle();
      failed += shared.fetch(request(server.url()), {}, kMost) ? 0 : 1;
    }
  });
  EXPECT_EQ(failed, 0);
}

TEST_F(HttpThreads, LookUpUnknownHostsWithinTheirOwnTime) {
  Client& shared = client();
  std::atomic<int> ended = 0;
  run([&](int thread) {
    const Url url =
        parse_url("http://no-such-host-" + std::to_string(thread) + ".invalid/").value();
    Control control;
    control.deadline = Control::Clock::now() + std::chrono::milliseconds(thread);
    ended += shared.fetch(request(url), control, kMost) ? 0 : 1;
  });
  EXPECT_EQ(ended, kThreads);
}

}  // namespace
}  // namespace dockerhub::http
