// An HTTP server: one thread that waits for all connections (epoll), reads whole requests and hands
// them to a handler, which answers them through a Responder, now or later and from any thread. So a
// connection that is idle, slow, or an open event stream costs no thread.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <vector>

#include "address.hpp"
#include "connection.hpp"
#include "descriptor.hpp"
#include "dockerhub/server_tls.hpp"
#include "limits.hpp"
#include "message.hpp"
#include "metrics.hpp"
#include "responder.hpp"

namespace dockerhub::web {

class Server {
 public:
  struct Handlers {
    // A whole request; must not wait.
    std::function<void(Request, std::shared_ptr<Responder>)> request;
    // About once a second; whether something still waits for the next one. Where nothing does and there is no
    // connection either, none comes until there is one, or SIGHUP.
    std::function<bool()> tick;
    // SIGHUP came.
    std::function<void()> hangup;
    // The server ends: no new connection is taken; streams should be ended now.
    std::function<void()> drain;
    // What has not ended within Limits::drain_time should be cancelled.
    std::function<void()> cancel;
  };

  // The metrics and listeners belong to the server from now on. Handlers may be called until run()
  // has returned; responders may be used as long as the server lives.
  // tls: spoken by all listeners but Unix sockets, or nullptr.
  Server(std::vector<Listener> listeners, const Limits& limits,
         std::unique_ptr<ServerTls> tls = nullptr);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  Metrics& metrics() { return metrics_; }

  // Serves on this thread until SIGTERM or SIGINT comes through `signals` (a signalfd); a second one
  // ends it at once. Gives the number of the signal, or 0 when the system refused to go on.
  int run(int signals, Handlers handlers);

 private:
  using Clock = Connection::Clock;

  bool watch(int fd, std::uint64_t id, std::uint32_t events);
  void step(int signals, std::chrono::milliseconds wait);
  void accept_all(const Listener& listener);
  void add(Descriptor socket, Remote remote);
  bool make_room();
  void ready(std::uint64_t id, bool hung_up);
  void wake(std::uint64_t id);
  void take_wakes();
  void take_signal(int signals);
  void tick();
  void begin_drain();
  bool busy() const;
  void remove(std::uint64_t id);

  const Limits limits_;
  Metrics metrics_;
  std::vector<Listener> listeners_;
  const std::unique_ptr<ServerTls> tls_;
  Descriptor poll_;
  Descriptor wake_event_;
  Handlers handlers_;
  Connection::Host host_;
  std::unordered_map<std::uint64_t, std::shared_ptr<Connection>> connections_;
  std::uint64_t last_id_ = 0;
  Clock::time_point ticked_;
  bool next_tick_waited_for_ = true;
  int signal_ = 0;
  bool at_once_ = false;

  std::mutex wakes_mutex_;
  std::vector<std::uint64_t> wakes_;
};

}  // namespace dockerhub::web
