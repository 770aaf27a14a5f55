// Connections that are kept for the next exchange with the same origin: at most 16 for one, 64 in
// all, for 30 seconds. Any thread.
#pragma once

#include <chrono>
#include <memory>
#include <mutex>
#include <vector>

#include "http/connection.hpp"
#include "http/url.hpp"

namespace dockerhub::http {

class ConnectionPool {
 public:
  // The one used last that is still alive, nullptr for none.
  std::unique_ptr<Connection> take(const Origin& origin);
  // One whose last answer was read to its exact end.
  void keep(std::unique_ptr<Connection> connection);
  void clear();

 private:
  using Clock = std::chrono::steady_clock;
  struct Idle {
    std::unique_ptr<Connection> connection;
    Clock::time_point since;

    bool leads_to(const Origin& origin) const { return connection->origin() == origin; }
  };

  std::vector<Idle> take_expired(Clock::time_point now);

  std::mutex mutex_;
  std::vector<Idle> idle_;  // the one idle longest first
};

}  // namespace dockerhub::http
