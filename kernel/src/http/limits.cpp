#include "http/limits.hpp"

#include <charconv>

#include "base/json.hpp"
#include "base/utf8.hpp"

namespace dockerhub::http {
namespace {

// Hosts come from strangers, so there may be ever new budgets.
constexpr std::size_t kMostBudgets = 256;

// "100;w=21600": the number before the first semicolon, which may be missing.
std::string_view count_of(std::string_view value) {
  std::string_view count = value.substr(0, value.find(';'));
  while (!count.empty() && count.back() == ' ') count.remove_suffix(1);
  return count;
}

// What is no integer is a stranger's text.
std::string json_of(std::string_view count) {
  std::int64_t number = 0;
  const auto [stop, problem] = std::from_chars(count.data(), count.data() + count.size(), number);
  if (problem == std::errc() && stop == count.data() + count.size()) return std::to_string(number);
  return count.empty() ? std::string() : json::quote(valid_utf8(count));
}

std::optional<std::int64_t> window_of(std::string_view value) {
  constexpr std::string_view kWindow = "w=";
  const std::size_t at = value.find(kWindow);
  if (at == std::string_view::npos || at == 0 || (value[at - 1] != ';' && value[at - 1] != ' '))
    return std::nullopt;
  std::int64_t seconds = 0;
  const std::string_view digits = value.substr(at + kWindow.size());
  const auto [stop, problem] =
      std::from_chars(digits.data(), digits.data() + digits.size(), seconds);
  if (problem != std::errc() || seconds <= 0) return std::nullopt;
  return seconds;
}

}  // namespace

std::optional<RateLimit> rate_limit_of(const Headers& headers,
                                       std::chrono::system_clock::time_point now) {
  RateLimit found;
  bool told = false;
  const auto read = [&](const char* of_api, const char* of_registry, std::string& value) {
    std::optional<std::string_view> text = headers.find(of_api);
    if (!text) text = headers.find(of_registry);
    if (!text) return;
    told = true;
    value = json_of(count_of(*text));
    if (!found.window) found.window = window_of(*text);
  };
  read("X-RateLimit-Limit", "RateLimit-Limit", found.limit);
  read("X-RateLimit-Remaining", "RateLimit-Remaining", found.remaining);
  read("X-RateLimit-Reset", "RateLimit-Reset", found.reset);
  if (!told) return std::nullopt;
  if (const auto source = headers.find("Docker-RateLimit-Source")) found.source = *source;
  found.observed_at = now;
  return found;
}

Limits::Kept& Limits::kept(std::string_view api, std::string_view account,
                           std::chrono::system_clock::time_point now) {
  const auto place = budgets_.try_emplace({std::string(api), std::string(account)}).first;
  place->second.changed_at = now;
  if (budgets_.size() <= kMostBudgets) return place->second;
  auto oldest = budgets_.end();
  for (auto it = budgets_.begin(); it != budgets_.end(); ++it) {
    if (it == place) continue;
    if (oldest == budgets_.end() || it->second.changed_at < oldest->second.changed_at) oldest = it;
  }
  budgets_.erase(oldest);
  return place->second;
}

void Limits::observe(std::string_view api, std::string_view account, RateLimit limit) {
  const std::lock_guard lock(mutex_);
  kept(api, account, limit.observed_at).limit = std::move(limit);
}

void Limits::refuse(std::string_view api, std::string_view account,
                    std::chrono::system_clock::time_point now, std::chrono::milliseconds wait) {
  const std::lock_guard lock(mutex_);
  kept(api, account, now).retry_at = now + wait;
}

std::optional<RateLimit> Limits::last(std::string_view api, std::string_view account) const {
  const std::lock_guard lock(mutex_);
  const auto found = budgets_.find({std::string(api), std::string(account)});
  return found == budgets_.end() ? std::nullopt : found->second.limit;
}

std::vector<Budget> Limits::all() const {
  const std::lock_guard lock(mutex_);
  std::vector<Budget> budgets;
  budgets.reserve(budgets_.size());
  for (const auto& [key, known] : budgets_) {
    Budget budget{key.first, key.second, known.limit.value_or(RateLimit{}), known.retry_at};
    if (!known.limit) budget.limit.observed_at = known.changed_at;
    budgets.push_back(std::move(budget));
  }
  return budgets;
}

}  // namespace dockerhub::http
