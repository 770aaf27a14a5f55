// Collects the answers to an array of messages and sends them as one array when the last one is
// there (JSON-RPC batches, revision 2025-03-26). Any thread.
#pragma once

#include <cstddef>
#include <mutex>
#include <string>

#include "client_requests.hpp"

namespace dockerhub::mcp {

class BatchAnswer {
 public:
  // expected: how often add() will be called.
  BatchAnswer(Send send, std::size_t expected) : send_(std::move(send)), missing_(expected) {}

  // An answer, or an empty text for a message that gets none.
  void add(const std::string& message);

 private:
  const Send send_;
  std::mutex mutex_;
  std::size_t missing_;
  std::string answers_;
};

}  // namespace dockerhub::mcp
