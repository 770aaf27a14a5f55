// Where a server listens: an address with a port, or a socket in the file system.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "descriptor.hpp"
#include "dockerhub/kernel.hpp"

namespace dockerhub::web {

struct Address {
  std::string host;        // a name or an address, without brackets; empty: a Unix socket
  std::uint16_t port = 0;  // 0: the system chooses one
  std::filesystem::path socket;

  bool is_unix() const { return !socket.empty(); }
  // Only this machine reaches it. A name counts if all of its addresses do.
  bool is_loopback() const;
};

// "127.0.0.1:8000", "[::1]:8000", "name:8000" or "unix:/run/dockerhub.sock". Error: parameter.
Result<Address> read_address(std::string_view text);

// A socket that listens, and for people the URL (as if without TLS) or path under which it is reached. Owns the file of a
// Unix socket, which is made with mode 0600 and removed at the end.
class Listener {
 public:
  // Errors (configuration): no such address, in use, not allowed.
  static Result<Listener> open(const Address& address);
  ~Listener();
  Listener(Listener&& other) noexcept;
  Listener& operator=(Listener&&) = delete;

  int fd() const { return socket_.get(); }
  bool is_unix() const { return !path_.empty(); }
  const std::string& name() const { return name_; }
  std::uint16_t port() const { return port_; }

 private:
  explicit Listener(Descriptor socket) : socket_(std::move(socket)) {}
  static Result<Listener> open_unix(const std::filesystem::path& path);

  Descriptor socket_;
  std::filesystem::path path_;
  std::string name_;
  std::uint16_t port_ = 0;
};

}  // namespace dockerhub::web
