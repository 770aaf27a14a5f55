#include "standard_streams.hpp"

#include <fcntl.h>
#include <unistd.h>

namespace dockerhub::mcp {
namespace {

constexpr int kFirstPrivate = 3;

bool is_open(int fd) {
  return fcntl(fd, F_GETFD) >= 0;
}

bool replace(int target, int source) {
  return source >= 0 && dup2(source, target) == target;
}

// A copy that does not stand in the place of a standard stream that is closed.
Descriptor private_copy(int fd) {
  return Descriptor(fcntl(fd, F_DUPFD_CLOEXEC, kFirstPrivate));
}

Descriptor open_null() {
  const Descriptor first(open("/dev/null", O_RDWR | O_CLOEXEC));
  return private_copy(first.get());
}

}  // namespace

Result<StandardStreams> take_standard_streams() {
  const bool both_open = is_open(STDIN_FILENO) && is_open(STDOUT_FILENO);
  const Descriptor null = open_null();
  // A program without standard error must not get the protocol's output for it.
  if (!is_open(STDERR_FILENO)) replace(STDERR_FILENO, null.get());
  StandardStreams streams{private_copy(STDIN_FILENO), private_copy(STDOUT_FILENO)};
  const bool taken = both_open && streams.input && streams.output &&
                     replace(STDIN_FILENO, null.get()) && replace(STDOUT_FILENO, STDERR_FILENO);
  if (!taken) {
    Error error;
    error.kind = ErrorKind::configuration;
    error.message = "standard input or standard output is not open";
    error.hint = "Start this program from an MCP client, with both connected.";
    return Failure(std::move(error));
  }
  return streams;
}

}  // namespace dockerhub::mcp
