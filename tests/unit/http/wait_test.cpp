// Several exchanges at once on one thread.
#include "client_fixture.hpp"

namespace dockerhub::http {
namespace {

using namespace std::chrono_literals;

class WaitTest : public ClientFixture {
 protected:
  std::unique_ptr<Exchange> open(const Url& url) {
    auto opened = client().open(request(url), {});
    EXPECT_TRUE(opened);
    return opened ? std::move(*opened) : nullptr;
  }
  Result<std::size_t> wait(std::vector<Exchange*> exchanges, std::chrono::milliseconds time,
                           const Control& control = {}) {
    return client().wait(exchanges, time, control);
  }
};

TEST_F(WaitTest, NamesTheExchangeThatWasAnswered) {
  ScriptedServer silent([](Peer& peer) { peer.wait_for_end(); });
  ScriptedServer answering({ok("hello")});
  const auto first = open(silent.url());
  const auto second = open(answering.url());
  EXPECT_EQ(wait({first.get(), second.get()}, 10s), 1U);
  ASSERT_TRUE(second->finish());
  EXPECT_EQ(wait({first.get(), second.get()}, 10s), 1U) << "its body was read ahead";
}

TEST_F(WaitTest, CountsWhatTlsHasReadAhead) {
  const Certificate certificate("IP:127.0.0.1");
  options_.ca_file = certificate.file();
  ScriptedServer server({ok(std::string(60'000, 'x'))}, &certificate);
  const auto exchange = open(server.url());
  ASSERT_TRUE(exchange->finish());
  std::string piece(1000, ' ');
  for (;;) {
    ASSERT_EQ(wait({exchange.get()}, 10s), 0U);
    const auto got = exchange->read(piece.data(), piece.size());
    ASSERT_TRUE(got);
    if (*got == 0) break;
  }
}

TEST_F(WaitTest, EndsAfterItsTime) {
  ScriptedServer silent([](Peer& peer) { peer.wait_for_end(); });
  const auto exchange = open(silent.url());
  const auto ready = wait({exchange.get()}, 50ms);
  ASSERT_FALSE(ready);
  EXPECT_EQ(ready.error().kind, ErrorKind::timeout);
}

TEST_F(WaitTest, EndsWithAStop) {
  ScriptedServer silent([](Peer& peer) { peer.wait_for_end(); });
  const auto exchange = open(silent.url());
  std::stop_source stop;
  Control control;
  control.stop = stop.get_token();
  std::thread stopper([&stop] { stop.request_stop(); });
  const auto ready = wait({exchange.get()}, 100s, control);
  stopper.join();
  ASSERT_FALSE(ready);
  EXPECT_EQ(ready.error().kind, ErrorKind::cancelled);
}

}  // namespace
}  // namespace dockerhub::http
