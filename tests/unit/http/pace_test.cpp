// When a request of a shared rate budget may go.
#include "http/pace.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace dockerhub::http {
namespace {

using std::chrono::milliseconds;
using namespace std::chrono_literals;

class PaceTest : public testing::Test {
 protected:
  static RateLimit told(const char* remaining, const char* limit = "100") {
    RateLimit limits;
    limits.remaining = remaining;
    limits.limit = limit;
    return limits;
  }

  // Waits of so many requests that come at once and stay under way.
  std::vector<milliseconds> waits(int count, const std::string& budget = "hub") {
    std::vector<milliseconds> found;
    for (int i = 0; i < count; ++i) {
      Pace::Turn turn = pace_.take(budget);
      found.push_back(turn.wait);
      tickets_.push_back(std::move(turn.ticket));
    }
    return found;
  }

  Pace::Clock::time_point now_ = Pace::Clock::now();
  Pace pace_{[this] { return now_; }};
  std::vector<Pace::Ticket> tickets_;
};

TEST_F(PaceTest, WithoutWordOfALimitNobodyWaits) {
  EXPECT_EQ(waits(200).back(), 0ms);
}

TEST_F(PaceTest, WithMuchLeftNobodyWaits) {
  pace_.observe("hub", told("90"), 30s);
  EXPECT_EQ(waits(50).back(), 0ms);
}

TEST_F(PaceTest, WithLittleLeftTheRestIsSpreadOverTheTime) {
  pace_.observe("hub", told("10"), 30s);
  const auto found = waits(10);
  EXPECT_EQ(found.front(), 0ms) << "a single request never waits";
  EXPECT_EQ(found[1], 3s);
  for (std::size_t i = 1; i < found.size(); ++i) EXPECT_GE(found[i], found[i - 1]);
  EXPECT_LT(found.back(), 30s);
}

TEST_F(PaceTest, WithNothingLeftTheResetIsAwaited) {
  pace_.observe("hub", told("0"), 30s);
  const auto found = waits(3);
  EXPECT_EQ(found[0], 30s);
  EXPECT_EQ(found[1], 30s + 50ms);
  EXPECT_EQ(found[2], 30s + 100ms);
}

TEST_F(PaceTest, RequestsUnderWayAreTakenOff) {
  waits(10);
  pace_.observe("hub", told("10"), 30s);
  EXPECT_EQ(waits(1).front(), 30s);
  tickets_.clear();
  now_ += 30s + 50ms;
  EXPECT_EQ(waits(1).front(), 0ms);
}

TEST_F(PaceTest, AfterTheResetNobodyWaits) {
  pace_.observe("hub", told("0"), 30s);
  now_ += 30s;
  EXPECT_EQ(waits(50).back(), 0ms);
}

TEST_F(PaceTest, TheLeastOfOneWindowCountsWhateverOrderAnswersComeIn) {
  pace_.observe("hub", told("0"), 30s);
  pace_.observe("hub", told("90"), 30s);
  EXPECT_EQ(waits(1).front(), 30s);
  pace_.observe("hub", told("90"), 60s);
  now_ += 31s;
  EXPECT_EQ(waits(1).front(), 0ms) << "another window has begun";
  pace_.observe("hub", told("0"), 0s);
  EXPECT_EQ(waits(1).front(), 0ms) << "told of the window before";
}

TEST_F(PaceTest, AfterARefusalAllWait) {
  pace_.hold("hub", 5s);
  const auto found = waits(3);
  EXPECT_EQ(found[0], 5s);
  EXPECT_EQ(found[1], 5s + 50ms);
  EXPECT_EQ(found[2], 5s + 100ms);
}

TEST_F(PaceTest, BudgetsAreApart) {
  pace_.hold("hub", 5s);
  pace_.observe("other", told("0"), 30s);
  EXPECT_EQ(waits(1, "pull").front(), 0ms);
}

TEST_F(PaceTest, ABudgetWhoseResetIsFarAwayIsLeftAlone) {
  RateLimit pulls = told("0");
  for (const std::int64_t window :
       {std::int64_t{21'600}, std::numeric_limits<std::int64_t>::max()}) {
    pulls.window = window;
    pace_.observe("pull", pulls, std::nullopt);
    EXPECT_EQ(waits(1, "pull").front(), 0ms) << "no waiting helps there";
  }
}

TEST_F(PaceTest, WhatIsNoNumberSaysNothing) {
  for (const char* wrong : {"", "x", "-1", "1.5"}) {
    pace_.observe("hub", told(wrong), 30s);
    EXPECT_EQ(waits(1).front(), 0ms) << wrong;
  }
}

// The order of all processes, as the test says it.
class TurnsOfAll : public BudgetTurns {
 public:
  std::optional<milliseconds> take(const std::string& budget, const Wish& wish) override {
    asked.push_back(budget);
    last = wish;
    return answer;
  }

  std::vector<std::string> asked;
  Wish last;
  std::optional<milliseconds> answer;
};

TEST_F(PaceTest, WhereLittleIsLeftTheOrderOfAllProcessesCounts) {
  const auto all = std::make_shared<TurnsOfAll>();
  Pace pace([this] { return now_; }, all);
  pace.observe("hub", told("90"), 30s);
  EXPECT_EQ(pace.take("hub").wait, 0ms);
  EXPECT_TRUE(all->asked.empty()) << "much is left";
  pace.observe("hub", told("10"), 30s);
  all->answer = 7s;
  EXPECT_EQ(pace.take("hub").wait, 7s);
  EXPECT_EQ(all->last.earliest, 0ms);
  EXPECT_EQ(all->last.apart, 3s);
  EXPECT_EQ(all->last.until_reset, 30s);
  all->answer.reset();
  EXPECT_EQ(pace.take("hub").wait, 3s) << "where it is not known, the own one does";
  EXPECT_EQ(all->asked, (std::vector<std::string>{"hub", "hub"}));
}

TEST_F(PaceTest, AfterARefusalTheOrderOfAllProcessesBeginsAtItsEnd) {
  const auto all = std::make_shared<TurnsOfAll>();
  Pace pace([this] { return now_; }, all);
  pace.hold("hub", 5s);
  EXPECT_EQ(pace.take("hub").wait, 5s);
  EXPECT_EQ(all->last.earliest, 5s);
  EXPECT_EQ(all->last.apart, BudgetTurns::kAfterWait);
  EXPECT_EQ(all->last.until_reset, 5s);
}

TEST_F(PaceTest, EverNewBudgetsCostNoEverMoreMemory) {
  for (int i = 0; i < 10'000; ++i) {
    now_ += 1ms;
    pace_.hold(std::to_string(i), 3600s);
  }
  EXPECT_EQ(waits(1, "0").front(), 0ms) << "the one used longest ago is forgotten";
  EXPECT_GT(waits(1, "9999").front(), 0ms);
}

}  // namespace
}  // namespace dockerhub::http
