// TLS over connected sockets, for all connections of one client. Implemented in a library of its own
// (kernel/tls), which is loaded with the first https URL: OpenSSL's and Poco's libraries would otherwise
// more than double the time in which every program starts. So nothing of either is named here. Any thread.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "dockerhub/kernel.hpp"
#include "http/connect_failure.hpp"

namespace dockerhub::http {

struct TlsOptions {
  std::string ca_file, ca_directory;  // both empty: the system's
  bool verify = true;
};

// The socket below TLS, which says how to wait.
class WaitingSocket {
 public:
  enum class Until { readable, writable };

  virtual ~WaitingSocket() = default;
  virtual int descriptor() const = 0;
  // May throw what TLS has to let pass.
  virtual void wait(Until until) = 0;
};

// TLS on a socket. Belongs to one thread at a time; dies before its socket. An error of send() and
// receive() is the reason in words; both let pass what the socket throws.
class SecureStream {
 public:
  virtual ~SecureStream() = default;
  // How many bytes went; 0: begin again.
  virtual tl::expected<std::size_t, std::string> send(const char* bytes, std::size_t size) = 0;
  // How many bytes came, 0 at the end that the peer made in order; nullopt: begin again.
  virtual tl::expected<std::optional<std::size_t>, std::string> receive(char* buffer,
                                                                        std::size_t size) = 0;
  // Whether something was decrypted already.
  virtual bool has_input() const = 0;
  // Says goodbye, as far as that needs no waiting.
  virtual void close() = 0;
};

class TlsContext {
 public:
  virtual ~TlsContext() = default;

  // Speaks TLS 1.2 or newer over that socket, with a peer whose certificate has to name `host`: a
  // name, or an address literal. Lets pass what the socket itself throws. The socket outlives the stream.
  virtual Connecting<std::unique_ptr<SecureStream>> secure(WaitingSocket& plain,
                                                           const std::string& host) = 0;
};

// What the library exports under the name below. `build` has to be that of libdockerhub, since C++
// types cross here.
struct TlsLibrary {
  std::string_view build;
  // Errors (configuration) name the file that cannot be used.
  Result<std::unique_ptr<TlsContext>> (*make)(const TlsOptions& options);
};
inline constexpr const char* kTlsLibrarySymbol = "dh_tls_library";

}  // namespace dockerhub::http
