// The socket under Poco's sessions and under its TLS: never blocks by itself, but waits within the
// bounds of the exchange that uses it. Poco's own time-outs are per read and know of no stop. The
// descriptor does not block; Poco believes that it does, and so calls poll() whenever TLS has to wait.
// Belongs to one thread at a time.
#pragma once

#include <Poco/Net/StreamSocketImpl.h>

#include <optional>

#include "base/file.hpp"
#include "dockerhub/kernel.hpp"
#include "http/wait_bounds.hpp"

namespace dockerhub::http {

class WireSocket : public Poco::Net::StreamSocketImpl {
 public:
  // Thrown through Poco's code: the operation has to be given up, or begun again.
  struct Interrupted {
    enum class Why {
      failed,      // failure() says it: timeout, cancelled, network
      would_wait,  // after try_only(): nothing is there yet
      peer_spoke,  // after watch_input(): input came while output was waited for
    };
    Why why;
  };

  // A connected descriptor with O_NONBLOCK.
  explicit WireSocket(UniqueFd descriptor);

  // The bounds of all waits from now on; outlive their use. nullptr: none may happen.
  void use(WaitBounds* bounds) { bounds_ = bounds; }
  void try_only(bool on) { try_only_ = on; }
  void watch_input(bool on) { watch_input_ = on; }

  // After Interrupted::Why::failed.
  Error failure() { return std::move(*failure_); }

  bool poll(const Poco::Timespan& time, int mode) override;
  int receiveBytes(void* buffer, int length, int flags) override;
  int sendBytes(const void* buffer, int length, int flags) override;

  using Poco::Net::StreamSocketImpl::receiveBytes;
  using Poco::Net::StreamSocketImpl::sendBytes;

 protected:
  ~WireSocket() override = default;  // counted references, as Poco wants it

 private:
  void wait(short events);
  [[noreturn]] void fail(Error error);

  WaitBounds* bounds_ = nullptr;
  bool try_only_ = false;
  bool watch_input_ = false;
  std::optional<Error> failure_;
};

}  // namespace dockerhub::http
