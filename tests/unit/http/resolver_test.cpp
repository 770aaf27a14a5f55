// Names are looked up on threads that nobody has to wait for.
#include "http/resolver.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netdb.h>
#include <netinet/in.h>

#include <atomic>
#include <future>
#include <memory>
#include <thread>

namespace dockerhub::http {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using namespace std::chrono_literals;

// Lookups that end only after the test, on threads that nobody waits for.
class HangingResolver : public testing::Test {
 protected:
  struct Shared {
    std::promise<void> release;
    std::shared_future<void> released = release.get_future().share();
    std::atomic<int> running = 0;
  };

  ~HangingResolver() override { shared_->release.set_value(); }

  Connecting<std::vector<SocketAddress>> resolve(const std::string& host, const Control& control) {
    WaitBounds bounds(control, {});
    return resolver_.resolve(host, 80, bounds);
  }
  int running() const { return shared_->running; }

 private:
  std::shared_ptr<Shared> shared_ = std::make_shared<Shared>();
  Resolver resolver_{
      [shared = shared_](const std::string&, std::uint16_t, std::vector<SocketAddress>&) {
        ++shared->running;
        shared->released.wait();
        return EAI_AGAIN;
      }};
};

TEST_F(HangingResolver, IsLeftBehindAtTheDeadline) {
  Control control;
  control.deadline = Control::Clock::now() + 50ms;
  const auto found = resolve("registry.example.com", control);
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().error.kind, ErrorKind::timeout);
}

TEST_F(HangingResolver, IsLeftBehindWhenTheCallIsCancelled) {
  std::stop_source stop;
  std::thread stopper([&] {
    while (running() == 0) std::this_thread::yield();
    stop.request_stop();
  });
  Control control;
  control.stop = stop.get_token();
  const auto found = resolve("registry.example.com", control);
  stopper.join();
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().error.kind, ErrorKind::cancelled);
}

TEST_F(HangingResolver, DoesNotCollectThreadsWithoutEnd) {
  Control over;
  over.deadline = Control::Clock::now();
  for (int i = 0; i < 100; ++i) (void)resolve("registry.example.com", over);
  const auto found = resolve("registry.example.com", over);
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().error.kind, ErrorKind::network);
  EXPECT_THAT(found.error().error.message, HasSubstr("too many"));
}

TEST_F(HangingResolver, IsNotNeededForLiteralsAndThisMachine) {
  const auto texts = [&](const std::string& host) {
    const auto found = resolve(host, {});
    std::vector<std::string> out;
    for (const SocketAddress& address : found.value()) out.push_back(address.text());
    return out;
  };
  EXPECT_THAT(texts("192.0.2.1"), ElementsAre("192.0.2.1"));
  EXPECT_THAT(texts("2001:db8::1"), ElementsAre("2001:db8::1"));
  EXPECT_THAT(texts("localhost"), ElementsAre("::1", "127.0.0.1"));
  EXPECT_EQ(running(), 0);
}

TEST(ResolverTest, GivesTheFamiliesInTurn) {
  Resolver resolver([](const std::string&, std::uint16_t, std::vector<SocketAddress>& addresses) {
    for (const char* text :
         {"2001:db8::1", "2001:db8::2", "2001:db8::3", "192.0.2.1", "192.0.2.2"}) {
      WaitBounds bounds({}, {});
      addresses.push_back(Resolver().resolve(text, 443, bounds)->front());
    }
    return 0;
  });
  WaitBounds bounds({}, {});
  const auto found = resolver.resolve("registry.example.com", 443, bounds);
  std::vector<std::string> texts;
  for (const SocketAddress& address : found.value()) texts.push_back(address.text());
  EXPECT_THAT(texts,
              ElementsAre("2001:db8::1", "192.0.2.1", "2001:db8::2", "192.0.2.2", "2001:db8::3"));
}

TEST(SystemLookup, GivesAddressesWithTheirPort) {
  std::vector<SocketAddress> addresses;
  ASSERT_EQ(system_lookup("127.0.0.1", 5000, addresses), 0);
  ASSERT_EQ(addresses.size(), 1U);
  EXPECT_EQ(addresses.front().text(), "127.0.0.1");
  EXPECT_EQ(addresses.front().size, sizeof(sockaddr_in));
  EXPECT_EQ(reinterpret_cast<const sockaddr_in*>(addresses.front().get())->sin_port, htons(5000));
}

TEST(ResolverTest, TellsWhetherAnotherTryMakesSense) {
  for (const auto& [status, may_pass] : {std::pair(EAI_AGAIN, true), {EAI_NONAME, false}}) {
    Resolver resolver([status = status](const std::string&, std::uint16_t,
                                        std::vector<SocketAddress>&) { return status; });
    WaitBounds bounds({}, {});
    const auto found = resolver.resolve("registry.example.com", 443, bounds);
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().may_pass, may_pass);
    EXPECT_THAT(found.error().error.message, HasSubstr("registry.example.com"));
  }
}

}  // namespace
}  // namespace dockerhub::http
