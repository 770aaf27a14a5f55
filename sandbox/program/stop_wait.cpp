#include "program/stop_wait.hpp"

#include <poll.h>
#include <pthread.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <system_error>

namespace dockerhub::sandbox {
namespace {

// False at the end of the input.
bool pass_over_input() {
  std::array<char, 4096> piece{};
  const ssize_t got = read(STDIN_FILENO, piece.data(), piece.size());
  return got > 0 || (got < 0 && (errno == EINTR || errno == EAGAIN));
}

}  // namespace

StopWait::StopWait() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  signals_.reset(signalfd(-1, &signals, SFD_CLOEXEC));
  if (!signals_) throw std::system_error(errno, std::generic_category(), "signalfd");
}

void StopWait::wait(bool with_stdin) const {
  for (;;) {
    std::array<pollfd, 2> events = {
        {{signals_.get(), POLLIN, 0}, {with_stdin ? STDIN_FILENO : -1, POLLIN, 0}}};
    if (poll(events.data(), events.size(), -1) < 0) continue;
    if (events[0].revents != 0) return;
    if (events[1].revents != 0 && !pass_over_input()) return;
  }
}

}  // namespace dockerhub::sandbox
