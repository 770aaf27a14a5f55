#include "rate_wait.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>

#include "composed.hpp"
#include "latest_budget.hpp"
#include "members.hpp"
#include "times.hpp"

namespace dockerhub::hub {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr int kTooManyRequests = 429;

// When a refused request may come again, as the server said.
std::optional<UnixTime> named_moment(const sdk::Value& budget) {
  return unix_time(text_member(budget, "retry_at"));
}

// When a budget of which nothing is left begins anew.
std::optional<UnixTime> reset_moment(const sdk::Value& budget) {
  const sdk::Value* remaining = member(budget, "remaining");
  const sdk::Value* reset = member(budget, "reset");
  const bool is_used_up = remaining != nullptr && remaining->IsInt64() &&
                          remaining->GetInt64() == 0 && reset != nullptr && reset->IsInt64();
  return is_used_up ? std::optional(reset->GetInt64()) : std::nullopt;
}

// A moment may be any number, and is counted in milliseconds later.
constexpr UnixTime kFar = UnixTime{1} << 40;

// nullopt: it is over.
std::optional<seconds> time_until(UnixTime moment) {
  const UnixTime now = unix_now();
  if (moment < now) return std::nullopt;
  return seconds(std::max<UnixTime>(std::min(moment, kFar) - now, 1));
}

// When a budget begins anew, whatever is left of it.
std::optional<UnixTime> next_beginning(const sdk::Value& budget) {
  const sdk::Value* reset = member(budget, "reset");
  if (reset != nullptr && reset->IsInt64()) return reset->GetInt64();
  const sdk::Value* window = member(budget, "window");
  const auto seen = unix_time(text_member(budget, "observed_at"));
  if (!seen || window == nullptr || !window->IsInt64()) return std::nullopt;
  return *seen + std::min(window->GetInt64(), kFar);
}

using Moment = std::optional<UnixTime> (*)(const sdk::Value& budget);

std::optional<UnixTime> latest(const sdk::Value& budgets, std::string_view api, Moment moment_of) {
  std::optional<UnixTime> found;
  for (const sdk::Value& budget : budgets.GetArray()) {
    if (text_member(budget, "api") != api) continue;
    const auto moment = moment_of(budget);
    if (moment) found = std::max(found.value_or(*moment), *moment);
  }
  return found;
}

// The wait that the server named; nullopt: none that is not over.
std::optional<seconds> told_wait(sdk::Context& ctx, std::string_view api) {
  const auto budgets = ctx.limits();
  if (!budgets || !budgets->IsArray()) return std::nullopt;
  auto moment = latest(*budgets, api, named_moment);
  if (!moment) moment = latest(*budgets, api, reset_moment);
  return moment ? time_until(*moment) : std::nullopt;
}

std::string_view limit_of(std::string_view api) {
  return api == "registry" ? "The rate limit of Docker's registry" : "Docker Hub's rate limit";
}

sdk::Status used_up(sdk::Context& ctx, const std::string& message, seconds wait) {
  ctx.warn(composed("{}; hub_admin limits shows the budget.", {message}));
  sdk::Failure failure;
  failure.type = "ApiError";
  failure.status_code = kTooManyRequests;
  failure.retry_after_ms = milliseconds(wait).count();
  failure.message = message;
  failure.hint = "Run it again later; hub_admin limits shows the budget.";
  return ctx.fail(failure);
}

}  // namespace

bool RateWait::is_limited(const sdk::Reply<Answer>& answer) {
  if (answer) return answer->status_code == kTooManyRequests;
  return answer.status() == sdk::Status(DH_E_LIMIT);
}

sdk::Status RateWait::wait(std::string_view api) {
  const seconds time = time_until_next(api);
  const auto why_not = objection(api, time);
  return why_not ? used_up(ctx_, *why_not, time) : pause(api, time);
}

sdk::Reply<bool> RateWait::wait_if_short(std::string_view api) {
  return pause_if_short(api, time_until_next(api));
}

sdk::Reply<bool> RateWait::wait_for_reset_if_short(std::string_view api) {
  return pause_if_short(api, time_until_reset(api));
}

sdk::Reply<bool> RateWait::pause_if_short(std::string_view api, seconds time) {
  if (objection(api, time)) return false;
  if (const sdk::Status waited = pause(api, time); !waited) return waited;
  return true;
}

bool RateWait::has_more(std::string_view api, std::int64_t kept) const {
  const auto budgets = ctx_.limits();
  if (!budgets || !budgets->IsArray()) return true;
  const sdk::Value* budget = latest_budget(*budgets, api);
  const sdk::Value* left = budget == nullptr ? nullptr : member(*budget, "remaining");
  return left == nullptr || !left->IsInt64() || left->GetInt64() > kept;
}

seconds RateWait::time_until_next(std::string_view api) const {
  return told_wait(ctx_, api).value_or(guessed());
}

seconds RateWait::time_until_reset(std::string_view api) const {
  const auto budgets = ctx_.limits();
  if (!budgets || !budgets->IsArray()) return guessed();
  const sdk::Value* budget = latest_budget(*budgets, api);
  const auto moment = budget == nullptr ? std::nullopt : next_beginning(*budget);
  return (moment ? time_until(*moment) : std::nullopt).value_or(guessed());
}

seconds RateWait::guessed() const {
  constexpr seconds kFirst{5};
  constexpr seconds kMostGuessed{120};
  return std::min(kFirst * (1 << waits_), kMostGuessed);
}

std::optional<std::string> RateWait::objection(std::string_view api, seconds time) const {
  constexpr int kMostWaits = 10;
  constexpr seconds kMostTold{3600};
  if (waits_ == kMostWaits) return composed("{} stays used up", {limit_of(api)});
  const auto left = ctx_.remaining();
  if (time <= kMostTold && (!left || time < *left)) return std::nullopt;
  return composed("{} is used up for {} s, which is longer than this call waits",
                  {limit_of(api), time.count()});
}

sdk::Status RateWait::pause(std::string_view api, seconds time) {
  ++waits_;
  ctx_.tell(sdk::Level::notice,
            composed("{} is used up; going on in {} s", {limit_of(api), time.count()}));
  return ctx_.pause(time);
}

}  // namespace dockerhub::hub
