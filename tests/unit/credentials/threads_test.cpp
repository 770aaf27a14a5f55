#include <gtest/gtest.h>

#include <atomic>
#include <barrier>
#include <thread>
#include <vector>

#include "credentials/hub_session.hpp"
#include "credentials/registry_authorizer.hpp"
#include "credentials/single_flight.hpp"
#include "fakes.hpp"
#include "settings.hpp"

namespace dockerhub {
namespace {

constexpr int kThreads = 32;

void in_threads(const std::function<void()>& work) {
  std::barrier start(kThreads);
  std::vector<std::thread> threads;
  threads.reserve(kThreads);
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&] {
      start.arrive_and_wait();
      work();
    });
  }
  for (std::thread& thread : threads) thread.join();
}

std::shared_ptr<const Login> login_of_ann(SecretBook& book) {
  auto login = std::make_shared<Login>();
  login->set_password("ann", "secret-of-ann", book);
  return login;
}

// A door that stays closed until somebody opens it.
class Door {
 public:
  void open() {
    open_ = true;
    open_.notify_all();
  }
  void pass() const { open_.wait(false); }

 private:
  std::atomic<bool> open_ = false;
};

TEST(ThreadsThatLogIn, MintOneToken) {
  auto book = std::make_shared<SecretBook>();
  FakeClocks time;
  FakeService service([](const http::Request&) { return answer(200, R"({"token":"the-token"})"); });
  HubSession session(service.fetch(), time.clocks(), book, url("https://hub.example"),
                     login_of_ann(*book));
  std::atomic<int> served = 0;
  in_threads([&] {
    const auto header = session.get({});
    if (header && value_of(*header) == "Bearer the-token") ++served;
  });
  EXPECT_EQ(served, kThreads);
  EXPECT_EQ(service.count(), 1U);
}

TEST(ThreadsThatAreRefused, MintOneTokenInItsPlace) {
  auto book = std::make_shared<SecretBook>();
  FakeClocks time;
  std::atomic<int> minted = 0;
  FakeService service([&](const http::Request&) {
    return answer(200, "{\"token\":\"token-" + std::to_string(++minted) + "\"}");
  });
  const auto session = std::make_shared<HubSession>(
      service.fetch(), time.clocks(), book, url("https://hub.example"), login_of_ann(*book));
  ASSERT_TRUE(session->get({}));
  std::barrier all_refused(kThreads);
  std::atomic<int> served = 0;
  in_threads([&] {
    HubAuthorizer authorizer(session, url("https://hub.example").origin);
    const auto done =
        exchange(authorizer, "https://hub.example/x", [&](const std::string& authorization) {
          if (authorization != "Bearer token-1") return std::pair(200, std::string());
          all_refused.arrive_and_wait();
          return std::pair(401, std::string());
        });
    if (done && done->status == 200) ++served;
  });
  EXPECT_EQ(served, kThreads);
  EXPECT_EQ(minted, 2);
}

TEST(ThreadsThatLogIn, ShareTheErrorOfOneAttempt) {
  auto book = std::make_shared<SecretBook>();
  FakeClocks time;
  FakeService service([](const http::Request&) { return answer(401, "{}"); });
  HubSession session(service.fetch(), time.clocks(), book, url("https://hub.example"),
                     login_of_ann(*book));
  std::atomic<int> refused = 0;
  in_threads([&] {
    const auto header = session.get({});
    if (!header && header.error().kind == ErrorKind::auth) ++refused;
  });
  EXPECT_EQ(refused, kThreads);
  EXPECT_EQ(service.count(), 1U) << "32 attempts would lock the account";
}

TEST(ThreadsThatPull, ShareOneTokenOfTheRegistry) {
  const Settings settings;
  FakeClocks time;
  FakeService service([](const http::Request&) {
    return answer(200, R"({"token":"the-token","expires_in":300})");
  });
  const Configuration configuration = settings.load({});
  const auto access = std::make_shared<RegistryAccess>(
      configuration, std::make_shared<const Account>(configuration), service.fetch(), time.clocks(),
      [](std::string_view) {});
  std::atomic<int> served = 0;
  in_threads([&] {
    RegistryAuthorizer authorizer(access, url("https://r.example").origin, "");
    const auto done =
        exchange(authorizer, "https://r.example/v2/", [](const std::string& authorization) {
          return std::pair(authorization == "Bearer the-token" ? 200 : 401,
                           std::string("Bearer realm=\"https://r.example/token\",service=\"s\","
                                       "scope=\"repository:a:pull\""));
        });
    if (done && done->status == 200) ++served;
  });
  EXPECT_EQ(served, kThreads);
  EXPECT_EQ(service.count(), 1U);
}

class Flight : public testing::Test {
 protected:
  // Starts work that ends when the door opens, and waits until it is under way.
  std::thread lead(Result<int> result, const http::Control& control = {}) {
    std::thread leader([this, result, control] {
      led_ = flights_.run("key", control, [&] {
        under_way_.open();
        door_.pass();
        return result;
      });
    });
    under_way_.pass();
    return leader;
  }
  Result<int> follow(const http::Control& control) {
    return flights_.run("key", control, [&]() -> Result<int> {
      ++took_over_;
      return 2;
    });
  }

  SingleFlight<int> flights_;
  Door door_, under_way_;
  std::atomic<int> took_over_ = 0;
  Result<int> led_ = 0;
};

TEST_F(Flight, ThatIsWaitedForEndsForOneWhoIsCancelled) {
  std::thread leader = lead(1);
  std::stop_source stop;
  http::Control control;
  control.stop = stop.get_token();
  std::thread canceller([&] { stop.request_stop(); });
  const auto waited = follow(control);
  canceller.join();
  ASSERT_FALSE(waited);
  EXPECT_EQ(waited.error().kind, ErrorKind::cancelled);
  door_.open();
  leader.join();
  EXPECT_EQ(led_, 1) << "the others go on";
}

TEST_F(Flight, ThatIsWaitedForEndsAtTheWaitersOwnDeadline) {
  std::thread leader = lead(1);
  const auto waited = follow(http::Control().within(std::chrono::milliseconds(20)));
  ASSERT_FALSE(waited);
  EXPECT_EQ(waited.error().kind, ErrorKind::timeout);
  door_.open();
  leader.join();
}

TEST_F(Flight, IsTakenOverWhenItsLeaderIsCancelled) {
  std::stop_source stop;
  http::Control control;
  control.stop = stop.get_token();
  Error cancelled;
  cancelled.kind = ErrorKind::cancelled;
  std::thread leader = lead(Failure(cancelled), control);
  std::atomic<int> twos = 0;
  std::vector<std::thread> waiters;
  waiters.reserve(8);
  for (int i = 0; i < 8; ++i) {
    waiters.emplace_back([&] { twos += follow({}) == 2 ? 1 : 0; });
  }
  stop.request_stop();
  door_.open();
  leader.join();
  for (std::thread& waiter : waiters) waiter.join();
  EXPECT_EQ(twos, 8);
  EXPECT_GE(took_over_, 1);
}

TEST_F(Flight, OfAnotherKeyIsNotWaitedFor) {
  std::thread leader = lead(1);
  EXPECT_EQ(flights_.run("other", {}, []() -> Result<int> { return 3; }), 3);
  door_.open();
  leader.join();
}

}  // namespace
}  // namespace dockerhub
