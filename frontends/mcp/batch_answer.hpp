// Collects the answers to an array of messages and sends them as one array when the last one is
// there (JSON-RPC batches, revision 2025-03-26). Any thread.
#pragma once

#include <cstddef>
#include <functional>
#include <mutex>
#include <string>

#include "outlet.hpp"

namespace dockerhub::mcp {

class BatchAnswer {
 public:
  // expected: how often add() will be called.
  BatchAnswer(std::function<void(Answer)> answer, std::size_t expected)
      : answer_(std::move(answer)), missing_(expected) {}

  // An answer, or an empty text for a message that gets none.
  void add(const std::string& message);

 private:
  const std::function<void(Answer)> answer_;
  std::mutex mutex_;
  std::size_t missing_;
  std::string answers_;
};

}  // namespace dockerhub::mcp
