#include "http/pace.hpp"

#include <algorithm>
#include <charconv>

namespace dockerhub::http {
namespace {

using std::chrono::milliseconds;

// Hosts come from strangers, so there may be ever new budgets.
constexpr std::size_t kMostStates = 256;
constexpr std::int64_t kSlowPart = 4;       // of the limit: below a quarter
constexpr std::int64_t kUnknownLimit = 64;  // where the server does not tell it
constexpr milliseconds kAfterWait = BudgetTurns::kAfterWait;
constexpr std::chrono::seconds kSameReset{2};  // resets are told in whole seconds

std::optional<std::int64_t> number(const std::string& text) {
  std::int64_t value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, problem] = std::from_chars(text.data(), end, value);
  return problem == std::errc() && stop == end && value >= 0 ? std::optional(value) : std::nullopt;
}

}  // namespace

std::shared_ptr<Pace::State> Pace::state(const std::string& budget, Clock::time_point now) {
  std::shared_ptr<State>& found = states_[budget];
  if (!found) found = std::make_shared<State>();
  found->used = now;
  std::shared_ptr<State> wanted = found;
  if (states_.size() > kMostStates) {
    // Tickets keep what they count in.
    states_.erase(std::min_element(
        states_.begin(), states_.end(),
        [](const auto& a, const auto& b) { return a.second->used < b.second->used; }));
  }
  return wanted;
}

Pace::Clock::time_point Pace::turn(State& state, Clock::time_point now) {
  const Clock::time_point begin = std::max(now, state.next);
  const bool known = state.remaining && begin < state.reset;
  const std::int64_t left = known ? *state.remaining - state.in_flight : 0;
  const std::int64_t limit = state.limit.value_or(kUnknownLimit);
  if (!known || left >= std::max<std::int64_t>(limit / kSlowPart, 1)) {
    if (begin > now) state.next = begin + kAfterWait;
    return begin;
  }
  if (left > 0) {
    state.next = begin + (state.reset - begin) / left;
    return begin;
  }
  state.next = state.reset + kAfterWait;
  return state.reset;
}

std::optional<BudgetTurns::Wish> Pace::wish(const State& state, Clock::time_point own_turn,
                                            Clock::time_point now) {
  if (state.next <= now) return std::nullopt;
  const bool spread = state.remaining && own_turn < state.reset;
  const auto from_now = [now](Clock::time_point time) {
    return std::chrono::ceil<milliseconds>(time - now);
  };
  return BudgetTurns::Wish{from_now(own_turn),
                           std::chrono::ceil<milliseconds>(state.next - own_turn),
                           from_now(spread ? state.reset : own_turn)};
}

Pace::Turn Pace::take(const std::string& budget) {
  Turn taken;
  std::optional<BudgetTurns::Wish> wanted;
  {
    const std::lock_guard lock(mutex_);
    const Clock::time_point now = now_();
    const std::shared_ptr<State> chosen = state(budget, now);
    const Clock::time_point own_turn = turn(*chosen, now);
    taken.wait = std::chrono::ceil<milliseconds>(own_turn - now);
    ++chosen->in_flight;
    taken.ticket = Ticket(nullptr, [chosen](void*) { --chosen->in_flight; });
    if (turns_) wanted = wish(*chosen, own_turn, now);
  }
  if (wanted) taken.wait = std::max(taken.wait, turns_->take(budget, *wanted).value_or(taken.wait));
  return taken;
}

void Pace::observe(const std::string& budget, const RateLimit& told,
                   std::optional<milliseconds> until_reset) {
  // Checked in seconds: what a server tells may be more than fits into milliseconds.
  if (!until_reset && told.window && *told.window <= kLongestWindow.count())
    until_reset = std::chrono::seconds(*told.window);
  const auto remaining = number(told.remaining);
  if (!remaining || !until_reset || *until_reset > kLongestWindow) return;
  const std::lock_guard lock(mutex_);
  const Clock::time_point now = now_();
  const std::shared_ptr<State> kept = state(budget, now);
  State& changed = *kept;
  const Clock::time_point reset = now + *until_reset;
  const bool known = changed.remaining && now < changed.reset;
  // Answers overtake each other: one of the window before says nothing of this one, and the least of
  // one window is its last.
  if (known && reset + kSameReset < changed.reset) return;
  const bool same = known && reset < changed.reset + kSameReset;
  changed.remaining = same ? std::min(*changed.remaining, *remaining) : *remaining;
  changed.limit = number(told.limit);
  changed.reset = same ? std::max(changed.reset, reset) : reset;
}

void Pace::hold(const std::string& budget, milliseconds wait) {
  const std::lock_guard lock(mutex_);
  const Clock::time_point now = now_();
  const std::shared_ptr<State> held = state(budget, now);
  held->next = std::max(held->next, now + wait);
}

}  // namespace dockerhub::http
