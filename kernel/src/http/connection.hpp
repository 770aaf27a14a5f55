// A connection to one origin, plain or TLS, with the input that was read ahead. Every wait is bounded
// by the exchange that uses it. Belongs to one thread at a time.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

#include "dockerhub/kernel.hpp"
#include "http/connect_failure.hpp"
#include "http/connector.hpp"
#include "http/url.hpp"
#include "http/wait_bounds.hpp"

namespace dockerhub::http {

class TlsContext;

class Connection {
 public:
  // Without TLS so far. `origin`: whose answers come over it, also where a proxy is between.
  Connection(Connected connected, Origin origin, bool peer_is_private, WaitBounds& bounds);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // Makes the handshake with the origin's host. Nothing may be unread.
  Connecting<void> secure(TlsContext& tls);

  // The bounds of all waits from now on, which outlive their use; nullptr: none may happen.
  void use(WaitBounds* bounds);

  // Sends all and gives their number. With `watch` it stops when the peer has something to say before
  // the last byte went.
  Result<std::size_t> send(std::string_view bytes, bool watch);

  // Input that was read and not consumed yet.
  std::string_view input() const { return {buffer_.data() + begin_, end_ - begin_}; }
  void consume(std::size_t count);
  // Waits for more input; false: the peer closed the connection, in order.
  Result<bool> fill();
  // Takes more input, or the end of it, if that is there; false: not now.
  Result<bool> fill_if_there();

  // Whether something can be read without waiting for the network.
  bool has_input() const;
  int descriptor() const;
  // Nothing was sent by the peer, which has not closed it either.
  bool is_quiet();

  // Whether the origin is at an address that strangers must not make us ask (is_private_address).
  bool peer_is_private() const { return peer_is_private_; }
  const Origin& origin() const { return origin_; }
  // An exchange was made over it before.
  bool used() const { return used_; }
  void set_used() { used_ = true; }

 private:
  struct Wire;

  void make_room();
  // False: interrupted, nothing came.
  Result<bool> receive();

  std::unique_ptr<Wire> wire_;
  Origin origin_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0, end_ = 0;  // of what was not consumed
  bool closed_ = false;              // by the peer, in order
  bool peer_is_private_ = false;
  bool used_ = false;
};

}  // namespace dockerhub::http
