// Keeps SIGPIPE from this thread while OpenSSL writes to a socket, which it does without
// MSG_NOSIGNAL: a peer that went away would otherwise end the whole program.
#pragma once

#include <csignal>

namespace dockerhub::http {

class SigpipeGuard {
 public:
  SigpipeGuard();
  ~SigpipeGuard();
  SigpipeGuard(const SigpipeGuard&) = delete;
  SigpipeGuard& operator=(const SigpipeGuard&) = delete;

 private:
  sigset_t before_ = {};
  bool blocked_here_ = false;
};

}  // namespace dockerhub::http
