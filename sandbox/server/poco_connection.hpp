// Connection over a socket of Poco, plain or TLS. Does not own the socket.
#pragma once

#include <Poco/Net/StreamSocket.h>

#include "server/connection.hpp"
#include "server/stop_signal.hpp"

namespace dockerhub::sandbox {

class PocoConnection final : public Connection {
 public:
  PocoConnection(Poco::Net::StreamSocket& socket, const StopSignal& stop)
      : socket_(socket), stop_(stop) {}

  bool send(std::string_view bytes) override;
  bool wait(std::chrono::milliseconds time) override;
  void wait_for_end() override;
  void reset() override;
  void end_without_notice() override;

 private:
  // True when the time is over (-1: never), false at the end of the connection or the program.
  bool poll_for(std::chrono::milliseconds time);

  Poco::Net::StreamSocket& socket_;
  const StopSignal& stop_;
};

}  // namespace dockerhub::sandbox
