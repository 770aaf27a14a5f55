// Host names to addresses. getaddrinfo() has no deadline and cannot be stopped, so it runs on a thread
// that is left behind when nobody waits for it any more; literals and "localhost" need none. Any
// thread.
#pragma once

#include <sys/socket.h>

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "http/connect_failure.hpp"
#include "http/wait_bounds.hpp"

namespace dockerhub::http {

struct SocketAddress {
  sockaddr_storage storage = {};
  socklen_t size = 0;

  const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&storage); }
  int family() const { return storage.ss_family; }
  std::string text() const;  // the address alone: "127.0.0.1", "::1"; empty for a Unix socket
};

// That strangers must not make us ask (is_private_address); so is every Unix socket.
bool is_private(const SocketAddress& address);
// `path` has to fit, as parse_base_url() checks.
SocketAddress unix_address(const std::string& path);

// Fills the addresses; 0, or an error of getaddrinfo().
using Lookup = std::function<int(const std::string& host, std::uint16_t port,
                                 std::vector<SocketAddress>& addresses)>;
int system_lookup(const std::string& host, std::uint16_t port,
                  std::vector<SocketAddress>& addresses);

class Resolver {
 public:
  explicit Resolver(Lookup lookup = system_lookup) : lookup_(std::move(lookup)) {}

  // In the order in which they should be tried; at least one.
  Connecting<std::vector<SocketAddress>> resolve(const std::string& host, std::uint16_t port,
                                                 WaitBounds& bounds);

 private:
  Lookup lookup_;
  // How many threads wait for an answer, also those that were left behind, which share it.
  std::shared_ptr<std::atomic<int>> running_ = std::make_shared<std::atomic<int>>(0);
};

}  // namespace dockerhub::http
