#include "http/connection.hpp"

#include <Poco/AutoPtr.h>
#include <Poco/Exception.h>
#include <Poco/Net/StreamSocket.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <optional>

#include "http/http_error.hpp"
#include "http/sigpipe_guard.hpp"
#include "http/tls_context.hpp"
#include "http/wire_socket.hpp"

namespace dockerhub::http {
namespace {

constexpr std::size_t kBufferSize = 32 * 1024;  // two records of TLS

Failure broken(const Poco::Exception& thrown) {
  return network_failure("the connection broke: " + visible(thrown.displayText()), "Try again.");
}

}  // namespace

struct Connection::Wire {
  Poco::AutoPtr<WireSocket> socket;
  std::optional<Poco::Net::StreamSocket> stream;  // over `socket`: itself, or TLS
  bool secure = false;

  // Runs what may write through OpenSSL, and turns what Poco and the socket throw into an error;
  // nullopt: interrupted (see WireSocket), without harm.
  template <typename Operation>
  Result<std::optional<int>> run(const Operation& operation) {
    std::optional<SigpipeGuard> guard;
    if (secure) guard.emplace();
    errno = 0;
    try {
      return operation();
    } catch (const WireSocket::Interrupted& interrupted) {
      if (interrupted.why == WireSocket::Interrupted::Why::failed)
        return Failure(socket->failure());
      return std::nullopt;
    } catch (const Poco::Exception& thrown) {
      return broken(thrown);
    }
  }
};

Connection::Connection(std::unique_ptr<Wire> wire, Origin origin, bool peer_is_private)
    : wire_(std::move(wire)), origin_(std::move(origin)), peer_is_private_(peer_is_private) {}

Connection::~Connection() {
  use(nullptr);
  // Ends TLS in order, as far as that needs no waiting.
  (void)wire_->run([&]() -> std::optional<int> {
    if (wire_->secure) wire_->stream->close();
    return 0;
  });
}

Connecting<std::unique_ptr<Connection>> Connection::make(Connected connected, const Origin& origin,
                                                         TlsContext* tls, WaitBounds& bounds) {
  auto wire = std::make_unique<Wire>();
  const bool peer_is_private = is_private_address(connected.peer.text());
  wire->socket = new WireSocket(std::move(connected.descriptor));
  wire->socket->use(&bounds);
  // StreamSocket takes over a reference.
  wire->stream.emplace(wire->socket.duplicate());
  if (tls != nullptr) {
    const SigpipeGuard guard;
    errno = 0;
    try {
      auto secured = tls->secure(*wire->stream, origin.host);
      if (!secured) return tl::unexpected(secured.error());
      wire->stream = std::move(*secured);
      wire->secure = true;
    } catch (const WireSocket::Interrupted&) {
      Error error = wire->socket->failure();
      const bool may_pass = error.kind == ErrorKind::network;
      return no_connection(std::move(error), may_pass);
    }
  }
  return std::unique_ptr<Connection>(new Connection(std::move(wire), origin, peer_is_private));
}

void Connection::use(WaitBounds* bounds) {
  wire_->socket->use(bounds);
}

Result<std::size_t> Connection::send(std::string_view bytes, bool watch) {
  wire_->socket->watch_input(watch);
  std::size_t done = 0;
  while (done < bytes.size()) {
    const int count = static_cast<int>(std::min<std::size_t>(bytes.size() - done, INT_MAX));
    const auto sent = wire_->run([&]() -> std::optional<int> {
      return wire_->stream->sendBytes(bytes.data() + done, count);
    });
    if (!sent) return Failure(sent.error());
    if (*sent && **sent > 0) done += static_cast<std::size_t>(**sent);
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

void Connection::wipe_consumed() {
  if (begin_ != end_) return;
  wipe(buffer_.data(), touched_);
  touched_ = 0;
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
  const auto got = wire_->run([&]() -> std::optional<int> {
    return wire_->stream->receiveBytes(buffer_.data() + end_,
                                       static_cast<int>(buffer_.size() - end_));
  });
  if (!got) return Failure(got.error());
  if (!*got || **got < 0) return false;
  closed_ = **got == 0;
  end_ += static_cast<std::size_t>(**got);
  touched_ = std::max(touched_, end_);
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
  wire_->socket->try_only(true);
  auto received = receive();
  wire_->socket->try_only(false);
  return received;
}

bool Connection::has_input() const {
  return begin_ < end_ || closed_ || (wire_->secure && wire_->stream->available() > 0);
}

int Connection::descriptor() const {
  return wire_->socket->sockfd();
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
