#include "child_process.hpp"

#include <fcntl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>

namespace dockerhub::cli {

ChildProcess::~ChildProcess() {
  wait();
}

Descriptor ChildProcess::end() const {
  // The header of glibc 2.36 declares pidfd_open for C alone.
  return Descriptor(static_cast<int>(::syscall(SYS_pidfd_open, number_, 0)));
}

void ChildProcess::signal(int signal) const {
  if (!status_) ::kill(number_, signal);
}

int ChildProcess::wait() {
  if (status_) return *status_;
  int status = 0;
  while (::waitpid(number_, &status, 0) < 0 && errno == EINTR) {
  }
  status_ = status;
  return status;
}

std::optional<Pipe> make_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return std::nullopt;
  return Pipe{Descriptor(ends[0]), Descriptor(ends[1])};
}

}  // namespace dockerhub::cli
