// How much is kept between two requests, and the refusal of what comes beyond. Any thread.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

#include "state.hpp"

namespace dockerhub::rest {

// Of approvals and of answers each.
struct StateBounds {
  std::size_t of_one = 1'000;  // principal
  std::size_t all = 10'000;
  std::size_t bytes = std::size_t{64} * 1024 * 1024;  // of both together, about
  std::size_t bytes_of_one = bytes / 8;
  std::chrono::seconds answer_life = State::kAnswerLife;
};

enum class Full {
  of_one,  // others have a place left
  of_all,
};

// 429 or 503. what: "approvals".
Failure no_place(Full full, const std::string& what);

}  // namespace dockerhub::rest
