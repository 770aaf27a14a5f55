// Requests of the server to the client (elicitation/create, sampling/createMessage, roots/list):
// sends them and matches the answers. Any thread; ask() waits on the thread of the call that asks.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "dockerhub/kernel.hpp"
#include "json.hpp"
#include "message.hpp"
#include "outlet.hpp"

namespace dockerhub::mcp {

class ClientRequests {
 public:
  using Clock = std::chrono::steady_clock;

  // Sends the question through `send`. The result of the client's answer, an object. Errors: cancelled (stop, or the connection
  // ended), timeout (the deadline passed), unsupported (the client answered with an error or no
  // object). A question that is given up is cancelled at the client.
  Result<json::Document> ask(const Send& send, std::string_view method, std::string_view params,
                             const std::stop_token& stop, Clock::time_point deadline);

  // Takes an answer of the client; one that nobody waits for is dropped.
  void receive(Message response);

  // No answer will come any more.
  void close();

 private:
  struct Waiting {
    std::optional<json::Document> answer;
  };

  Id begin();
  std::mutex mutex_;
  std::condition_variable_any answered_;
  std::map<Id, Waiting> waiting_;
  std::uint64_t last_id_ = 0;
  bool closed_ = false;
};

}  // namespace dockerhub::mcp
