// A loopback port on which one host answers, with its own bounded set of threads: connections beyond
// kMostThreads wait in a queue, so that a listener whose clients all hang does not stop the others. Made
// and stopped by one thread; the host is called by many.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "dockerhub/kernel.hpp"
#include "exchange/reception.hpp"
#include "server/stop_signal.hpp"
#include "server/tls.hpp"

namespace dockerhub::sandbox {

class Listener {
 public:
  static constexpr int kMostThreads = 128;
  // A larger body of a request is answered 413.
  static constexpr std::size_t kMostBody = 512U * 1024 * 1024;

  struct Options {
    std::string name;
    std::uint16_t port = 0;  // 0: any that is free
    std::optional<Tls> tls;
    std::function<Reply(const Request&)> receive;
    // Also hands on a request whose body of a known length ended early, with what came; nobody is there
    // to be answered.
    bool takes_cut_bodies = false;
  };

  // Serves from now on. `stop` has to outlive the listener.
  static Result<std::unique_ptr<Listener>> open(Options options, const StopSignal& stop);
  // Closes all connections; waits for the threads. `stop` was raised before.
  ~Listener();

  const std::string& name() const;
  std::string url() const;  // without a slash at the end

 private:
  struct Impl;
  explicit Listener(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace dockerhub::sandbox
