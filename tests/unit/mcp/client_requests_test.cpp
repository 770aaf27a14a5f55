#include "client_requests.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <thread>
#include <vector>

namespace dockerhub::mcp {
namespace {

using Clock = ClientRequests::Clock;

Message answer_to(std::string_view id) {
  auto body = json::parse(R"({"jsonrpc":"2.0","id":)" + std::string(id) + R"(,"result":{"id":)" +
                          std::string(id) + "}}");
  return std::move(*read_message(std::move(*body)));
}

std::string id_of(std::string_view request) {
  const auto document = json::parse(request);
  return read_id(json::find(*document, "id")).value_or("");
}

TEST(ClientRequests, EachThreadGetsTheAnswerToItsOwnQuestion) {
  static constexpr int kThreads = 16;
  static constexpr int kRounds = 50;
  std::atomic<int> right = 0;
  ClientRequests own;
  const auto answer_at_once = [&](std::string_view message) {
    own.receive(answer_to(id_of(message)));
  };
  std::vector<std::thread> threads;
  threads.reserve(kThreads);
  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&] {
      for (int round = 0; round < kRounds; ++round) {
        if (own.ask(answer_at_once, "roots/list", {}, {}, Clock::now() + std::chrono::minutes(1)))
          ++right;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(right, kThreads * kRounds);
}

// Asks on another thread; `act` runs when the question has been sent.
template <typename Act>
Result<json::Document> ask_and(const Act& act, const std::stop_token& stop,
                               Clock::time_point deadline) {
  std::promise<void> sent;
  std::atomic<bool> first = true;
  ClientRequests requests;
  const auto send = [&](std::string_view) {
    if (first.exchange(false)) sent.set_value();
  };
  auto asked = std::async(std::launch::async,
                          [&] { return requests.ask(send, "roots/list", {}, stop, deadline); });
  sent.get_future().wait();
  act(requests);
  return asked.get();
}

TEST(ClientRequests, AStopEndsTheWait) {
  std::stop_source stop;
  const auto answer = ask_and([&](ClientRequests&) { stop.request_stop(); }, stop.get_token(),
                              Clock::now() + std::chrono::hours(1));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind, ErrorKind::cancelled);
}

TEST(ClientRequests, TheEndOfTheConnectionEndsTheWait) {
  const auto answer = ask_and([](ClientRequests& requests) { requests.close(); }, {},
                              Clock::now() + std::chrono::hours(1));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind, ErrorKind::cancelled);
}

TEST(ClientRequests, TheDeadlineEndsTheWait) {
  const auto answer =
      ask_and([](ClientRequests&) {}, {}, Clock::now() + std::chrono::milliseconds(1));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind, ErrorKind::timeout);
}

}  // namespace
}  // namespace dockerhub::mcp
