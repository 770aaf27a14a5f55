// Parallel requests that share a budget, against a server that refuses what is above it.
#include <atomic>
#include <thread>

#include "client_fixture.hpp"

namespace dockerhub::http {
namespace {

using namespace std::chrono_literals;
using SystemClock = std::chrono::system_clock;

// So many requests in each window of whole seconds, counted as Docker Hub tells it.
class Budget {
 public:
  std::string answer() {
    const std::lock_guard lock(mutex_);
    const std::int64_t now =
        std::chrono::floor<std::chrono::seconds>(SystemClock::now().time_since_epoch()).count();
    if (now >= reset_) {
      reset_ = now + kWindow;
      used_ = 0;
    }
    ++used_;
    const int left = std::max(kLimit - used_, 0);
    const std::string fields = "X-RateLimit-Limit: " + std::to_string(kLimit) +
                               "\r\nX-RateLimit-Remaining: " + std::to_string(left) +
                               "\r\nX-RateLimit-Reset: " + std::to_string(reset_) + "\r\n";
    if (used_ <= kLimit) return ok("", fields);
    ++refused_;
    return status(429, fields);
  }
  int refused() const { return refused_; }

  static constexpr int kLimit = 20;

 private:
  static constexpr int kWindow = 2;

  std::mutex mutex_;
  std::int64_t reset_ = 0;
  int used_ = 0;
  std::atomic<int> refused_ = 0;
};

class PacingTest : public ClientFixture {
 protected:
  static Request of_budget(const Url& url, const std::string& budget = {}) {
    Request made = request(url);
    made.api = "hub";
    made.account = "someone";
    made.budget = budget;
    return made;
  }

  // So many threads with so many requests each; how many were answered with that status.
  int count(const Url& url, int threads, int each, int status) {
    std::atomic<int> found = 0;
    std::vector<std::thread> running;
    for (int i = 0; i < threads; ++i) {
      running.emplace_back([&] {
        for (int n = 0; n < each; ++n) {
          const auto answer = client().fetch(of_budget(url), {}, kMost);
          if (answer && answer->response.status_code == status) ++found;
        }
      });
    }
    for (std::thread& each_thread : running) each_thread.join();
    return found;
  }
};

TEST_F(PacingTest, ParallelRequestsSlowDownBeforeTheyAreRefused) {
  Budget budget;
  ScriptedServer server([&budget](Peer& peer) {
    while (!peer.read_request().empty()) peer.send(budget.answer());
  });
  (void)client();
  EXPECT_EQ(count(server.url(), 8, 6, 200), 48);
  EXPECT_EQ(budget.refused(), 0);
}

TEST_F(PacingTest, ARefusalIsWaitedForByTheNextRequestOfItsBudget) {
  ScriptedServer server({status(429, "Retry-After: 1\r\n"), ok("x")});
  const auto begin = Control::Clock::now();
  EXPECT_EQ(fetch(of_budget(server.url()))->response.status_code, 429);
  EXPECT_EQ(fetch(of_budget(server.url()))->response.status_code, 200);
  EXPECT_GE(Control::Clock::now() - begin, 1s);
}

TEST_F(PacingTest, ARefusalHoldsNoOtherBudgetAndNobodyWithoutTheTime) {
  ScriptedServer server({status(429, "Retry-After: 15\r\n"), ok("x")});
  EXPECT_EQ(fetch(of_budget(server.url()))->response.status_code, 429);
  Control soon;
  soon.deadline = Control::Clock::now() + 10s;
  EXPECT_TRUE(fetch(of_budget(server.url(), "pull")));
  EXPECT_TRUE(fetch(of_budget(server.url()), soon));
  EXPECT_LT(Control::Clock::now(), *soon.deadline);
}

TEST_F(PacingTest, AWaitForTheBudgetEndsWithTheCall) {
  ScriptedServer server({status(429, "Retry-After: 15\r\n"), ok("x")});
  std::stop_source stop;
  options_.log = [&stop](LogLevel, std::string_view line, std::string_view) {
    if (line.find("rate limit") != std::string_view::npos) stop.request_stop();
  };
  EXPECT_EQ(fetch(of_budget(server.url()))->response.status_code, 429);
  Control control;
  control.stop = stop.get_token();
  EXPECT_EQ(failure(of_budget(server.url()), control).kind, ErrorKind::cancelled);
  EXPECT_EQ(server.requests().size(), 1U);
}

}  // namespace
}  // namespace dockerhub::http
