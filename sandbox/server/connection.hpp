// The client's connection as a fault on the wire needs it: bytes as they are, time, and the end. Used
// by one thread; waiting ends at once when the client goes away or the program stops.
#pragma once

#include <chrono>
#include <string_view>

namespace dockerhub::sandbox {

class Connection {
 public:
  virtual ~Connection() = default;

  // Sends all of it. False when the client is gone.
  virtual bool send(std::string_view bytes) = 0;
  // False when the client went away or the program stops before the time is over.
  virtual bool wait(std::chrono::milliseconds time) = 0;
  // Until the client goes away or the program stops.
  virtual void wait_for_end() = 0;
  // The end of the connection is a TCP reset.
  virtual void reset() = 0;
  // Ends what is sent, over TLS without the close_notify that would say so (RFC 8446 6.1).
  virtual void end_without_notice() = 0;
};

}  // namespace dockerhub::sandbox
