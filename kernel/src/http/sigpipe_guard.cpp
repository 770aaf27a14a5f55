#include "http/sigpipe_guard.hpp"

#include <ctime>

namespace dockerhub::http {
namespace {

sigset_t only_sigpipe() {
  sigset_t set;
  ::sigemptyset(&set);
  ::sigaddset(&set, SIGPIPE);
  return set;
}

}  // namespace

SigpipeGuard::SigpipeGuard() {
  const sigset_t set = only_sigpipe();
  ::pthread_sigmask(SIG_BLOCK, &set, &before_);
  blocked_here_ = ::sigismember(&before_, SIGPIPE) == 0;
}

SigpipeGuard::~SigpipeGuard() {
  if (!blocked_here_) return;
  // A signal that was raised meanwhile would be delivered with the unblocking.
  const sigset_t set = only_sigpipe();
  const timespec now = {};
  ::sigtimedwait(&set, nullptr, &now);
  ::pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

}  // namespace dockerhub::http
