// notifications/progress of one call. The protocol wants one number that always rises: that of the
// track that stands for the whole, or the sum over all tracks where there is none, with a total as
// long as every track has one. Steps that do not raise it, or that follow too fast, are left out.
// Belongs to the thread of its call.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "dockerhub/kernel.hpp"
#include "message.hpp"
#include "outlet.hpp"

namespace dockerhub::mcp {

class ProgressNotices {
 public:
  // Steps closer together than this are left out, but for the one that reaches the total.
  static constexpr std::chrono::milliseconds kInterval{20};

  ProgressNotices(Id token, Send send) : token_(std::move(token)), send_(std::move(send)) {}

  // message: what the user reads, redacted.
  void report(const Progress& step, const std::string& message);

 private:
  struct Track {
    std::uint64_t done = 0, total = 0;
  };
  using Clock = std::chrono::steady_clock;

  Track sum() const;

  const Id token_;
  const Send send_;
  std::map<std::string, Track, std::less<>> tracks_;
  std::optional<std::uint64_t> reported_;
  Clock::time_point reported_at_;
};

}  // namespace dockerhub::mcp
