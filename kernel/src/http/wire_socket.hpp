// A connected socket, plain or under TLS: never blocks by itself, but waits within the bounds of the
// exchange that uses it. Belongs to one thread at a time.
#pragma once

#include <poll.h>

#include <cstddef>
#include <optional>

#include "base/file.hpp"
#include "dockerhub/kernel.hpp"
#include "http/tls_context.hpp"
#include "http/wait_bounds.hpp"

namespace dockerhub::http {

class WireSocket : public WaitingSocket {
 public:
  // Thrown, through OpenSSL's callers too: the operation has to be given up, or begun again.
  struct Interrupted {
    enum class Why {
      failed,      // failure() says it: timeout, cancelled, network
      would_wait,  // after try_only(): nothing is there yet
      peer_spoke,  // after watch_input(): input came while output was waited for
    };
    Why why;
  };

  // A connected descriptor with O_NONBLOCK.
  explicit WireSocket(UniqueFd descriptor) : descriptor_(std::move(descriptor)) {}

  // The bounds of all waits from now on; outlive their use. nullptr: none may happen.
  void use(WaitBounds* bounds) { bounds_ = bounds; }
  void try_only(bool on) { try_only_ = on; }
  void watch_input(bool on) { watch_input_ = on; }

  // After Interrupted::Why::failed.
  Error failure() { return std::move(*failure_); }

  // At least one byte, or 0: the peer closed the connection.
  std::size_t receive(void* buffer, std::size_t size);
  // How many bytes went.
  std::size_t send(const void* bytes, std::size_t size);

  int descriptor() const override { return descriptor_.get(); }
  void wait(Until until) override;

 private:
  [[noreturn]] void fail(Error error);

  UniqueFd descriptor_;
  WaitBounds* bounds_ = nullptr;
  bool try_only_ = false;
  bool watch_input_ = false;
  // Since the last output, which carried the acknowledgement of what came before.
  bool got_input_ = false;
  std::optional<Error> failure_;
};

}  // namespace dockerhub::http
