// When a request is sent again, and after which time. Pure but for chance.
#pragma once

#include <chrono>
#include <cstdint>
#include <random>

#include "http/message.hpp"

namespace dockerhub::http {

// What is known of an attempt that failed.
enum class Attempted {
  never_sent,  // there was no connection
  refused,     // 429: the server did not do it
  unknown,     // it may have happened
};

bool may_repeat(const Request& request, Attempted attempted);

// The server was busy or unreachable for a moment: 429, 502, 503, 504.
bool is_passing(int status_code);

class Backoff {
 public:
  Backoff();
  // A quarter of a second, doubled with each of the repeats before, and a random part of that, at most a quarter;
  // never more than `longest`.
  std::chrono::milliseconds next(int repeats, std::chrono::milliseconds longest);
  // What was asked for, and up to 250 ms more, so that not all who were told come back at once.
  std::chrono::milliseconds after(std::chrono::milliseconds asked);

 private:
  std::chrono::milliseconds up_to(std::chrono::milliseconds most);

  std::minstd_rand chance_;
};

}  // namespace dockerhub::http
