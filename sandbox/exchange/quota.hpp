// Counts requests of each caller in windows of fixed length, for rate limits. Not thread-safe.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "encoding/times.hpp"

namespace dockerhub::sandbox {

class Quota {
 public:
  struct State {
    std::int64_t limit = 0;
    std::int64_t remaining = 0;
    UnixTime reset = 0;     // when the window ends
    bool exceeded = false;  // this request was one too many
  };

  explicit Quota(std::int64_t window) : window_(window) {}

  // Counts `cost` requests of the caller; 0 only looks.
  State take(const std::string& caller, std::int64_t limit, std::int64_t cost);
  std::int64_t window() const { return window_; }  // seconds
  void clear() { counts_.clear(); }

 private:
  struct Count {
    UnixTime reset = 0;
    std::int64_t used = 0;
  };

  std::int64_t window_;
  std::map<std::string, Count> counts_;
};

}  // namespace dockerhub::sandbox
