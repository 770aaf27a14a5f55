#include "http/wire_socket.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>

#include "http/http_error.hpp"

namespace dockerhub::http {
namespace {

bool must_wait(int number) {
  return number == EAGAIN || number == EWOULDBLOCK;
}

}  // namespace

WireSocket::WireSocket(UniqueFd descriptor) : StreamSocketImpl(descriptor.get()) {
  descriptor.release();  // closed by the base class
}

void WireSocket::fail(Error error) {
  failure_ = std::move(error);
  throw Interrupted{Interrupted::Why::failed};
}

void WireSocket::wait(short events) {
  if (try_only_ || bounds_ == nullptr) throw Interrupted{Interrupted::Why::would_wait};
  if ((events & POLLIN) != 0) {
    // Servers that send head and body separately wait for our acknowledgement in between, which would
    // otherwise be held back for 40 ms. The system forgets it, so it is said each time.
    const int on = 1;
    ::setsockopt(sockfd(), IPPROTO_TCP, TCP_QUICKACK, &on, sizeof(on));
  }
  const bool watch = watch_input_ && (events & POLLIN) == 0;
  std::array<pollfd, 1> polled = {
      {{sockfd(), static_cast<short>(events | (watch ? POLLIN : 0)), 0}}};
  if (auto ready = bounds_->wait(polled); !ready) fail(std::move(ready.error()));
  if ((polled[0].revents & ~POLLIN) == 0 && watch) throw Interrupted{Interrupted::Why::peer_spoke};
}

bool WireSocket::poll(const Poco::Timespan& /*time*/, int mode) {
  wait(mode == SELECT_WRITE ? POLLOUT : POLLIN);
  errno = 0;  // Poco takes an old EINTR for a reason to begin again, for ever
  return true;
}

int WireSocket::receiveBytes(void* buffer, int length, int flags) {
  for (;;) {
    const ssize_t got = ::recv(sockfd(), buffer, static_cast<std::size_t>(length), flags);
    if (got >= 0) return static_cast<int>(got);
    if (must_wait(errno)) {
      wait(POLLIN);
    } else if (errno != EINTR) {
      fail(network_failure("the connection broke: " + system_text(errno), "Try again.").value());
    }
  }
}

int WireSocket::sendBytes(const void* buffer, int length, int flags) {
  for (;;) {
    const ssize_t sent =
        ::send(sockfd(), buffer, static_cast<std::size_t>(length), flags | MSG_NOSIGNAL);
    if (sent >= 0) return static_cast<int>(sent);
    if (must_wait(errno)) {
      wait(POLLOUT);
    } else if (errno != EINTR) {
      fail(network_failure("the connection broke: " + system_text(errno), "Try again.").value());
    }
  }
}

}  // namespace dockerhub::http
