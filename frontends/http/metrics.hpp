// What a server counts, and its Prometheus text (exposition format 0.0.4). Any thread.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>

namespace dockerhub::web {

class Metrics {
 public:
  std::atomic<std::int64_t> connections = 0;  // open now
  std::atomic<std::int64_t> streams = 0;      // event streams, open now
  std::atomic<std::int64_t> answering = 0;    // requests that are being answered now
  std::atomic<std::uint64_t> accepted = 0;
  std::atomic<std::uint64_t> refused = 0;            // connections beyond the limit
  std::atomic<std::uint64_t> timed_out = 0;          // connections that were too slow
  std::atomic<std::uint64_t> overflowed = 0;         // clients that did not read
  std::atomic<std::uint64_t> handshakes_failed = 0;  // of TLS
  std::atomic<std::uint64_t> limited = 0;  // requests and streams beyond what one client may have

  // A whole answer, or the begin of a stream, by the first digit of its status.
  void count_answer(int status);

  std::string text() const;

 private:
  static constexpr std::size_t kClasses = 5;
  std::array<std::atomic<std::uint64_t>, kClasses> answers_ = {};
};

// Appends one metric without labels, with its help and type lines ("counter" or "gauge").
void put_metric(std::string& text, std::string_view name, std::string_view type,
                std::string_view help, std::int64_t value);

}  // namespace dockerhub::web
