// Rate budgets as servers told them last, one per API and credential: X-RateLimit-* of Docker Hub's
// API, RateLimit-* of its registry. They are never merged, since pulls and API calls are different
// budgets. Beside them the moment that a 429 named. The 256 told last are kept. Any thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/headers.hpp"

namespace dockerhub::http {

struct RateLimit {
  // JSON: an integer where it parses, else the text as a string; empty = not told.
  std::string limit, remaining, reset;
  std::optional<std::int64_t> window;  // seconds
  std::string source;                  // Docker-RateLimit-Source
  std::chrono::system_clock::time_point observed_at;
};

// nullopt: the answer says nothing of limits.
std::optional<RateLimit> rate_limit_of(const Headers& headers,
                                       std::chrono::system_clock::time_point now);

struct Budget {
  std::string api, account;
  RateLimit limit;  // of a budget that only refused: nothing but observed_at
  // From which on requests may come again, as the last 429 that named a time says; it may be over.
  std::optional<std::chrono::system_clock::time_point> retry_at;
};

class Limits {
 public:
  void observe(std::string_view api, std::string_view account, RateLimit limit);
  // A 429 of `now`, and the wait that it asks for.
  void refuse(std::string_view api, std::string_view account,
              std::chrono::system_clock::time_point now, std::chrono::milliseconds wait);
  // nullopt: no answer told a limit.
  std::optional<RateLimit> last(std::string_view api, std::string_view account) const;
  std::vector<Budget> all() const;

 private:
  struct Kept {
    std::optional<RateLimit> limit;
    std::optional<std::chrono::system_clock::time_point> retry_at;
    std::chrono::system_clock::time_point changed_at;
  };
  Kept& kept(std::string_view api, std::string_view account,
             std::chrono::system_clock::time_point now);

  mutable std::mutex mutex_;
  std::map<std::pair<std::string, std::string>, Kept> budgets_;
};

}  // namespace dockerhub::http
