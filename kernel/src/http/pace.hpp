// Slows requests that share a rate budget before the server has to refuse them. What a budget has left
// is what its answers told last, without the requests that are under way; below a quarter of the limit
// the rest is spread over the time to its reset. After a 429 all requests of the budget wait, not only
// the one that got it. Budgets whose reset is far away are left alone: no waiting helps there. Where other
// processes use the same budgets, those who have to wait do so in one order of all. Any thread.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "dockerhub/kernel.hpp"
#include "http/limits.hpp"

namespace dockerhub::http {

class Pace {
 public:
  using Clock = std::chrono::steady_clock;

  // A budget that lasts longer than this is left alone.
  static constexpr std::chrono::seconds kLongestWindow{90};

  // turns: of all processes; nullptr: there is no other one.
  explicit Pace(std::function<Clock::time_point()> now = Clock::now,
                std::shared_ptr<BudgetTurns> turns = nullptr)
      : now_(std::move(now)), turns_(std::move(turns)) {}

  // A request that takes part of the budget until its answer told what is left.
  using Ticket = std::shared_ptr<void>;
  struct Turn {
    std::chrono::milliseconds wait{0};  // before it is sent
    Ticket ticket;
  };
  // The turn of the next request of that budget. May take its time where others have to be asked.
  Turn take(const std::string& budget);

  // What an answer told; `until_reset` from now.
  void observe(const std::string& budget, const RateLimit& told,
               std::optional<std::chrono::milliseconds> until_reset);
  // The server refused a request and wants this wait.
  void hold(const std::string& budget, std::chrono::milliseconds wait);

 private:
  struct State {
    std::optional<std::int64_t> remaining, limit;
    Clock::time_point reset;  // of `remaining`
    Clock::time_point next;   // the earliest time of the next turn
    Clock::time_point used;
    std::atomic<int> in_flight = 0;
  };

  std::shared_ptr<State> state(const std::string& budget, Clock::time_point now);
  static Clock::time_point turn(State& state, Clock::time_point now);
  // nullopt: nobody waits for that budget.
  static std::optional<BudgetTurns::Wish> wish(const State& state, Clock::time_point own_turn,
                                               Clock::time_point now);

  std::function<Clock::time_point()> now_;
  const std::shared_ptr<BudgetTurns> turns_;
  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<State>> states_;
};

}  // namespace dockerhub::http
