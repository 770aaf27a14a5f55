// Calls of clients that stay and of clients that go, over real sockets.
#include "calls.hpp"

#include <gmock/gmock.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>

#include "../call/test_kernel.hpp"
#include "../http_server/running_server.hpp"
#include "memory_state.hpp"

namespace dockerhub::rest {
namespace {

using testing::HasSubstr;

constexpr std::chrono::seconds kDeadline{20};
constexpr const char* kForEver = R"({"steps":10000,"milliseconds":60000})";
constexpr const char* kTwoSeconds = R"({"steps":20,"milliseconds":100})";

// The path says what is called, the header Client who does.
class CallsTest : public testing::Test {
 protected:
  CallsTest()
      : running_([this](const web::Request& request, const Calls::Reply& reply) {
          take(request, reply);
        }) {}
  ~CallsTest() override {
    running_.end();
    calls_.cancel();
    EXPECT_TRUE(workers_.wait_idle(kDeadline));
  }

  // Of a client whose request has come in.
  std::unique_ptr<web::Client> begin(const std::string& path, const std::string& who = "alice") {
    auto client = std::make_unique<web::Client>(running_.port());
    const int before = arrived_;
    client->say("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nClient: " + who +
                "\r\n\r\n");
    while (arrived_ == before) std::this_thread::yield();
    return client;
  }

  // Ends the connection, and waits until the server has seen it.
  void leave(web::Client& client) {
    client.close();
    for (;;) {
      const std::lock_guard lock(mutex_);
      if (gone_.stop_requested()) return;
    }
  }

  bool all_end() { return workers_.wait_idle(kDeadline); }

 private:
  static Call call_for(const std::string& path) {
    Call made;
    made.principal = {"alice", Effect::destructive, true};
    if (path == "/echo") {
      made.request = test::request("demo", "echo", R"({"text":"hello"})");
    } else {
      made.request = test::request("demo", "slow", path == "/once" ? kTwoSeconds : kForEver);
    }
    if (path == "/once") {
      made.effect = Effect::write;
      made.idempotency_key = "one";
    }
    made.instance = path;
    return made;
  }

  void take(const web::Request& request, const Calls::Reply& reply) {
    {
      const std::lock_guard lock(mutex_);
      gone_ = reply->gone();
    }
    const auto read = [path = request.path]() -> tl::expected<Call, web::Response> {
      if (path == "/wrong") return tl::unexpected(web::text_response(400, "refused"));
      return call_for(path);
    };
    calls_.start(*request.header("Client"), request.path, read, reply);
    ++arrived_;
  }

  dockerhub::test::TestKernel kernel_;
  server::WorkerPool workers_{16};
  MemoryState state_;
  Calls calls_{Calls::Parts{*kernel_, workers_, state_, 1}};
  std::mutex mutex_;
  std::stop_token gone_;
  std::atomic<int> arrived_ = 0;
  web::Running running_;
};

TEST_F(CallsTest, AreAnsweredOrRefused) {
  EXPECT_THAT(begin("/echo")->read_all(), HasSubstr("hello"));
  EXPECT_TRUE(all_end());
  EXPECT_THAT(begin("/wrong")->read_all(), HasSubstr("HTTP/1.1 400 "));
}

TEST_F(CallsTest, EndWithTheirClient) {
  const auto client = begin("/slow");
  leave(*client);
  EXPECT_TRUE(all_end());
}

TEST_F(CallsTest, UnderAKeyGoOnWithoutTheirClient) {
  const auto client = begin("/once");
  leave(*client);
  EXPECT_TRUE(all_end());
  const std::string again = begin("/once")->read_all();
  EXPECT_THAT(again, HasSubstr("HTTP/1.1 200 "));
  EXPECT_THAT(again, HasSubstr("Idempotency-Replayed: true"));
}

TEST_F(CallsTest, OfOneClientLeaveWorkersToOthers) {
  const auto first = begin("/slow");
  const std::string refused = begin("/echo")->read_all();
  EXPECT_THAT(refused, HasSubstr("HTTP/1.1 429 "));
  EXPECT_THAT(refused, HasSubstr("Retry-After: 1"));
  EXPECT_THAT(begin("/echo", "bob")->read_all(), HasSubstr("hello"));
}

}  // namespace
}  // namespace dockerhub::rest
