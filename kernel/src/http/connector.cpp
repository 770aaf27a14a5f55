#include "http/connector.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <optional>

#include "http/http_error.hpp"

namespace dockerhub::http {
namespace {

constexpr std::chrono::milliseconds kHeadStart{250};  // RFC 8305 5

struct Attempt {
  UniqueFd descriptor;
  const SocketAddress* peer;
};

class Race {
 public:
  Race(const std::vector<SocketAddress>& addresses, WaitBounds& bounds)
      : next_(addresses.begin()), end_(addresses.end()), bounds_(bounds) {}

  // nullopt: every address failed; last_problem() says how the last one did.
  Result<std::optional<Connected>> run() {
    while (next_ != end_ || !attempts_.empty()) {
      if (next_ != end_) begin(*next_++);
      const auto won = wait();
      if (!won) return Failure(won.error());
      if (*won) return Connected{std::move((*won)->descriptor), *(*won)->peer};
    }
    return std::nullopt;
  }

  int last_problem() const { return last_problem_; }

 private:
  void begin(const SocketAddress& address) {
    UniqueFd descriptor(::socket(address.family(), SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (descriptor && (::connect(descriptor.get(), address.get(), address.size) == 0 ||
                       errno == EINPROGRESS || errno == EINTR)) {
      attempts_.push_back({std::move(descriptor), &address});
    } else {
      last_problem_ = errno;
    }
  }

  // Until one attempt succeeded (it is given), all failed, or the next address may begin (nullptr).
  Result<Attempt*> wait() {
    while (!attempts_.empty()) {
      std::vector<pollfd> polled;
      polled.reserve(attempts_.size());
      for (const Attempt& attempt : attempts_) {
        polled.push_back({attempt.descriptor.get(), POLLOUT, 0});
      }
      const auto time = next_ == end_ ? std::chrono::milliseconds(-1) : kHeadStart;
      const auto ready = bounds_.wait(polled, time);
      if (!ready) return Failure(ready.error());
      if (!*ready) return nullptr;
      if (Attempt* won = look_at(polled)) return won;
      if (next_ != end_) return nullptr;
    }
    return nullptr;
  }

  // The attempt that is connected; those that failed are dropped.
  Attempt* look_at(const std::vector<pollfd>& polled) {
    for (std::size_t i = polled.size(); i-- > 0;) {
      if (polled[i].revents == 0) continue;
      int problem = 0;
      socklen_t size = sizeof(problem);
      ::getsockopt(polled[i].fd, SOL_SOCKET, SO_ERROR, &problem, &size);
      if (problem == 0) return &attempts_[i];
      last_problem_ = problem;
      attempts_.erase(attempts_.begin() + static_cast<std::ptrdiff_t>(i));
    }
    return nullptr;
  }

  std::vector<SocketAddress>::const_iterator next_, end_;
  WaitBounds& bounds_;
  std::vector<Attempt> attempts_;
  int last_problem_ = 0;
};

}  // namespace

Connecting<Connected> connect_to_any(const std::vector<SocketAddress>& addresses,
                                     const std::string& host, WaitBounds& bounds) {
  Race race(addresses, bounds);
  auto won = race.run();
  if (!won) return no_connection(std::move(won.error()), false);
  if (!*won) {
    return no_connection(
        network_failure("no connection to " + host + ": " + system_text(race.last_problem()),
                        "Check the address and port, and that the server runs.")
            .value(),
        true);
  }
  // Requests are written whole: waiting for more to send only delays them.
  const int on = 1;
  ::setsockopt((*won)->descriptor.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
  return std::move(**won);
}

}  // namespace dockerhub::http
