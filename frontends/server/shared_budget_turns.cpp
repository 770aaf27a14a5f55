#include "shared_budget_turns.hpp"

#include <string_view>
#include <vector>

namespace dockerhub::server {
namespace {

// KEYS: the budget. ARGV: of a wish the earliest, the distance and the time to the reset, and the distance after that,
// all in milliseconds. Keeps the time before which nobody may go next, and gives the wait.
constexpr std::string_view kTakeTurn = R"(
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local turn = math.max(now + ARGV[1], tonumber(redis.call('GET', KEYS[1]) or 0))
local reset = now + ARGV[3]
local later = turn + ARGV[4]
if turn < reset then later = math.min(turn + ARGV[2], reset) end
local life = math.max(later - now, 1)
redis.call('SET', KEYS[1], string.format('%.0f', later), 'PX', string.format('%.0f', life))
return turn - now
)";

// Nothing that this server wrote is further away.
constexpr std::chrono::hours kFurthest{24};

std::string count_of(std::chrono::milliseconds time) {
  return std::to_string(time.count());
}

}  // namespace

std::optional<std::chrono::milliseconds> SharedBudgetTurns::take(const std::string& budget,
                                                                 const Wish& wish) {
  const std::vector<std::string> keys = {store_->key("turn", budget)};
  const std::vector<std::string> arguments = {count_of(wish.earliest), count_of(wish.apart),
                                              count_of(wish.until_reset), count_of(kAfterWait)};
  const auto reply = store_->run(kTakeTurn, keys, arguments);
  if (!reply || reply->kind != StoreReply::Kind::number) return std::nullopt;
  const std::chrono::milliseconds wait(reply->number);
  return wait <= kFurthest ? std::optional(wait) : std::nullopt;
}

}  // namespace dockerhub::server
