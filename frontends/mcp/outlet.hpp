// The ways out of the server: functions that take one message each, on any thread.
#pragma once

#include <functional>
#include <stop_token>
#include <string>
#include <string_view>

namespace dockerhub::mcp {

// Sends one message; may block where the transport does.
using Send = std::function<void(std::string_view message)>;

// How an answer ends an exchange, for transports that carry a status.
struct Answer {
  std::string message;  // empty: there is nothing to say
  int http_status = 200;
  bool opens_session = false;  // a handshake that succeeded
};

// Where the messages that belong to one received message go: to the one connection there is (standard
// output), or to the answer of one HTTP request.
struct Outlet {
  Send send;                           // notices and questions, before the answer
  std::function<void(Answer)> answer;  // once, as the last
  std::function<void()> open = [] {};  // whatever comes first should be seen at once
  std::stop_token gone;                // nobody waits for the answer any more
};

}  // namespace dockerhub::mcp
