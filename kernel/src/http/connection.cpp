#include "http/connection.hpp"

#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <optional>

#include "http/http_error.hpp"
#include "http/sigpipe_guard.hpp"
#include "http/tls_context.hpp"
#include "http/wire_socket.hpp"

namespace dockerhub::http {
namespace {

constexpr std::size_t kBufferSize = 32 * 1024;  // two records of TLS

Failure broken(const std::string& reason) {
  return network_failure("the connection broke: " + visible(reason), "Try again.");
}

}  // namespace

struct Connection::Wire {
  explicit Wire(UniqueFd descriptor) : socket(std::move(descriptor)) {}

  WireSocket socket;
  std::unique_ptr<SecureStream> secure;  // TLS over `socket`, where there is any

  // Runs what may write through OpenSSL, and turns what the socket throws into an error; nullopt:
  // interrupted (see WireSocket), without harm.
  template <typename Operation>
  Result<std::optional<std::size_t>> run(const Operation& operation) {
    std::optional<SigpipeGuard> guard;
    if (secure) guard.emplace();
    errno = 0;
    try {
      return operation();
    } catch (const WireSocket::Interrupted& interrupted) {
      if (interrupted.why == WireSocket::Interrupted::Why::failed) return Failure(socket.failure());
      return std::nullopt;
    }
  }

  Result<std::optional<std::size_t>> send(std::string_view bytes) {
    return run([&]() -> Result<std::optional<std::size_t>> {
      if (!secure) return socket.send(bytes.data(), bytes.size());
      const auto sent = secure->send(bytes.data(), bytes.size());
      if (!sent) return broken(sent.error());
      return *sent;
    });
  }

  Result<std::optional<std::size_t>> receive(char* buffer, std::size_t size) {
    return run([&]() -> Result<std::optional<std::size_t>> {
      if (!secure) return socket.receive(buffer, size);
      auto got = secure->receive(buffer, size);
      if (!got) return broken(got.error());
      return *got;
    });
  }
};

Connection::Connection(Connected connected, Origin origin, bool peer_is_private, WaitBounds& bounds)
    : wire_(std::make_unique<Wire>(std::move(connected.descriptor))),
      origin_(std::move(origin)),
      peer_is_private_(peer_is_private) {
  wire_->socket.use(&bounds);
}

Connection::~Connection() {
  use(nullptr);
  // Ends TLS in order, as far as that needs no waiting.
  (void)wire_->run([&]() -> std::optional<std::size_t> {
    if (wire_->secure) wire_->secure->close();
    return 0;
  });
}

Connecting<void> Connection::secure(TlsContext& tls) {
  const SigpipeGuard guard;
  errno = 0;
  try {
    auto secured = tls.secure(wire_->socket, origin_.host);
    if (!secured) return tl::unexpected(secured.error());
    wire_->secure = std::move(*secured);
    return {};
  } catch (const WireSocket::Interrupted&) {
    Error error = wire_->socket.failure();
    const bool may_pass = error.kind == ErrorKind::network;
    return no_connection(std::move(error), may_pass);
  }
}

void Connection::use(WaitBounds* bounds) {
  wire_->socket.use(bounds);
}

Result<std::size_t> Connection::send(std::string_view bytes, bool watch) {
  wire_->socket.watch_input(watch);
  std::size_t done = 0;
  while (done < bytes.size()) {
    const auto sent = wire_->send(bytes.substr(done));
    if (!sent) return Failure(sent.error());
    if (*sent) done += **sent;
    if (!watch || done == bytes.size()) continue;
    // What interrupted may have been TLS's own business, which is done with the look at it.
    const auto spoken = fill_if_there();
    if (!spoken) return Failure(spoken.error());
    if (*spoken) break;
  }
  return done;
}

void Connection::consume(std::size_t count) {
  begin_ += count;
  if (begin_ == end_) begin_ = end_ = 0;
}

void Connection::make_room() {
  if (buffer_.empty()) buffer_.resize(kBufferSize);
  if (end_ < buffer_.size()) return;
  if (begin_ == 0) {
    buffer_.resize(buffer_.size() * 2);  // a large head
    return;
  }
  const auto unread = buffer_.begin() + static_cast<std::ptrdiff_t>(begin_);
  std::copy(unread, buffer_.end(), buffer_.begin());
  end_ -= begin_;
  begin_ = 0;
}

Result<bool> Connection::receive() {
  make_room();
  const auto got = wire_->receive(buffer_.data() + end_, buffer_.size() - end_);
  if (!got) return Failure(got.error());
  if (!*got) return false;
  closed_ = **got == 0;
  end_ += **got;
  return true;
}

Result<bool> Connection::fill() {
  while (!closed_) {
    const auto received = receive();
    if (!received) return Failure(received.error());
    if (*received) break;
  }
  return !closed_;
}

Result<bool> Connection::fill_if_there() {
  if (closed_) return true;
  wire_->socket.try_only(true);
  auto received = receive();
  wire_->socket.try_only(false);
  return received;
}

bool Connection::has_input() const {
  return begin_ < end_ || closed_ || (wire_->secure && wire_->secure->has_input());
}

int Connection::descriptor() const {
  return wire_->socket.descriptor();
}

bool Connection::is_quiet() {
  if (has_input()) return false;
  if (wire_->secure) {
    // Readable may also be TLS's own, which this takes away.
    const auto there = fill_if_there();
    return there && !*there;
  }
  char byte = 0;
  const ssize_t got = ::recv(descriptor(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
  return got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
}

}  // namespace dockerhub::http
