#include "server/poco_connection.hpp"

#include <Poco/Exception.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cstddef>

namespace dockerhub::sandbox {

bool PocoConnection::send(std::string_view bytes) {
  constexpr std::size_t kPiece = 65'536;
  try {
    while (!bytes.empty()) {
      const auto size = static_cast<int>(std::min(bytes.size(), kPiece));
      const int sent = socket_.sendBytes(bytes.data(), size);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  } catch (const Poco::Exception&) {
    return false;
  }
}

bool PocoConnection::poll_for(std::chrono::milliseconds time) {
  // What a client sends meanwhile is of no interest; only its end is.
  std::array<pollfd, 2> events = {
      {{socket_.impl()->sockfd(), POLLRDHUP, 0}, {stop_.fd(), POLLIN, 0}}};
  return poll(events.data(), events.size(), static_cast<int>(time.count())) == 0;
}

bool PocoConnection::wait(std::chrono::milliseconds time) {
  return poll_for(time);
}

void PocoConnection::wait_for_end() {
  poll_for(std::chrono::milliseconds(-1));
}

void PocoConnection::reset() {
  try {
    socket_.setLinger(true, 0);
    // Closed here and not later: an orderly shutdown before the close would not be a reset.
    socket_.impl()->close();
  } catch (const Poco::Exception&) {
    return;  // the client was quicker
  }
}

void PocoConnection::end_without_notice() {
  // Below TLS: the close_notify that Poco sends when it closes the socket does not get out any more.
  ::shutdown(socket_.impl()->sockfd(), SHUT_WR);
}

}  // namespace dockerhub::sandbox
