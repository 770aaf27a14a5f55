// What this part needs of the world, so that its tests can be the world: requests, and what time it is.
#pragma once

#include <chrono>
#include <functional>

#include "dockerhub/kernel.hpp"
#include "http/control.hpp"
#include "http/message.hpp"

namespace dockerhub {

// http::Client::fetch() with the largest answer of a log-in; any thread.
using Fetch = std::function<Result<http::Answer>(http::Request, const http::Control&)>;

struct Clocks {
  std::function<std::chrono::steady_clock::time_point()> steady = std::chrono::steady_clock::now;
  std::function<std::chrono::system_clock::time_point()> system = std::chrono::system_clock::now;
};

}  // namespace dockerhub
