#include "stdio_server.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdlib>
#include <string>

#include "line_reader.hpp"
#include "line_writer.hpp"
#include "session.hpp"

namespace dockerhub::mcp {
namespace {

using Clock = std::chrono::steady_clock;

// For requests that run when the client has closed its end.
constexpr std::chrono::seconds kGrace{5};
// For requests that were cancelled.
constexpr std::chrono::seconds kCancelGrace{2};

void read_messages(LineReader& reader, Session& session) {
  std::string line;
  for (;;) {
    switch (reader.next(line)) {
      case LineReader::Got::line:
        session.receive(line);
        break;
      case LineReader::Got::too_long:
        session.refuse(
            {code::kInvalidRequest,
             "a line of more than " + std::to_string(LineReader::kMaxLine) + " bytes was skipped",
             {}});
        break;
      case LineReader::Got::end:
      case LineReader::Got::interrupted:
        return;
    }
  }
}

// 0: none has come.
int pending_signal(int signals) {
  pollfd ready = {signals, POLLIN, 0};
  signalfd_siginfo info = {};
  if (poll(&ready, 1, 0) != 1 || read(signals, &info, sizeof info) != sizeof info) return 0;
  return static_cast<int>(info.ssi_signo);
}

// True when all requests have ended; a descriptor that is not -1 ends the wait when it is readable.
bool wait_until_idle(const Session& session, std::chrono::milliseconds grace, int interruption) {
  const auto deadline = Clock::now() + grace;
  while (!session.idle()) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
    std::array<pollfd, 2> ready = {{{session.idle_event(), POLLIN, 0}, {interruption, POLLIN, 0}}};
    if (left <= 0 || poll(ready.data(), ready.size(), static_cast<int>(left)) <= 0)
      return session.idle();
    if (ready[1].revents != 0) return false;
    eventfd_t count = 0;
    eventfd_read(session.idle_event(), &count);
  }
  return true;
}

}  // namespace

int serve_stdio(Kernel& kernel, StandardStreams streams, const Descriptor& signals) {
  LineReader reader(std::move(streams.input), signals.get());
  LineWriter writer(std::move(streams.output), signals.get());
  Session session(kernel, "stdio", [&writer](std::string_view message) { writer.send(message); });
  read_messages(reader, session);
  session.client_gone();

  int signal = pending_signal(signals.get());
  bool idle = signal == 0 && wait_until_idle(session, kGrace, signals.get());
  if (signal == 0) signal = pending_signal(signals.get());
  if (!idle) {
    session.cancel_all();
    idle = wait_until_idle(session, kCancelGrace, -1);
  }
  // Whoever still writes does so to a client that does not read.
  writer.close();
  const int code = signal == 0 ? EXIT_SUCCESS : 128 + signal;
  if (!idle && !wait_until_idle(session, std::chrono::milliseconds(100), -1)) std::_Exit(code);
  return code;
}

}  // namespace dockerhub::mcp
