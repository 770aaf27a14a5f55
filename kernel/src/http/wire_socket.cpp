#include "http/wire_socket.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <cerrno>

#include "http/http_error.hpp"

namespace dockerhub::http {
namespace {

bool must_wait(int number) {
  return number == EAGAIN || number == EWOULDBLOCK;
}

}  // namespace

void WireSocket::fail(Error error) {
  failure_ = std::move(error);
  throw Interrupted{Interrupted::Why::failed};
}

void WireSocket::wait(Until until) {
  if (try_only_ || bounds_ == nullptr) throw Interrupted{Interrupted::Why::would_wait};
  const bool for_input = until == Until::readable;
  if (for_input && got_input_) {
    // Servers that send head and body separately wait for our acknowledgement in between, which would
    // otherwise be held back for 40 ms. The system forgets it, so it is said each time.
    const int on = 1;
    ::setsockopt(descriptor(), IPPROTO_TCP, TCP_QUICKACK, &on, sizeof(on));
  }
  const bool watch = watch_input_ && !for_input;
  const int events = (for_input ? 0 : POLLOUT) | (for_input || watch ? POLLIN : 0);
  pollfd polled = {descriptor(), static_cast<short>(events), 0};
  if (auto ready = bounds_->wait_for_peer(polled); !ready) fail(std::move(ready.error()));
  if ((polled.revents & ~POLLIN) == 0 && watch) throw Interrupted{Interrupted::Why::peer_spoke};
}

std::size_t WireSocket::receive(void* buffer, std::size_t size) {
  // No answer is there as soon as its request was sent: to ask for it first would be for nothing.
  if (!got_input_ && !try_only_ && bounds_ != nullptr) wait(Until::readable);
  for (;;) {
    const ssize_t got = ::recv(descriptor(), buffer, size, 0);
    if (got >= 0) {
      got_input_ = true;
      return static_cast<std::size_t>(got);
    }
    if (must_wait(errno)) {
      wait(Until::readable);
    } else if (errno != EINTR) {
      fail(network_failure("the connection broke: " + system_text(errno), "Try again.").value());
    }
  }
}

std::size_t WireSocket::send(const void* bytes, std::size_t size) {
  for (;;) {
    const ssize_t sent = ::send(descriptor(), bytes, size, MSG_NOSIGNAL);
    if (sent >= 0) {
      got_input_ = false;
      return static_cast<std::size_t>(sent);
    }
    if (must_wait(errno)) {
      wait(Until::writable);
    } else if (errno != EINTR) {
      fail(network_failure("the connection broke: " + system_text(errno), "Try again.").value());
    }
  }
}

}  // namespace dockerhub::http
