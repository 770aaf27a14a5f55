// A server on a thread of its own, and clients that speak to it over real sockets.
#pragma once

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <atomic>
#include <csignal>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "http/server.hpp"

namespace dockerhub::web {

inline constexpr int kDeadline = 20'000;  // of a wait, in milliseconds

inline Descriptor connect_to(std::uint16_t port) {
  Descriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  EXPECT_EQ(connect(socket.get(), reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  return socket;
}

// A client that says bytes and reads bytes.
class Client {
 public:
  explicit Client(std::uint16_t port) : socket_(connect_to(port)) {}

  void say(std::string_view bytes) {
    EXPECT_EQ(send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL),
              static_cast<ssize_t>(bytes.size()));
  }

  // All that came until `end` is in it, the server closed, or the deadline passed.
  std::string read_until(std::string_view end) {
    while (got_.find(end) == std::string::npos && read_more()) {
    }
    return got_;
  }
  std::string read_all() {
    while (read_more()) {
    }
    return got_;
  }
  void forget() { got_.clear(); }
  bool ended() const { return ended_; }
  void close() { socket_ = Descriptor(); }

 private:
  bool read_more() {
    pollfd ready = {socket_.get(), POLLIN, 0};
    if (poll(&ready, 1, kDeadline) != 1) {
      ADD_FAILURE() << "nothing came; so far: " << got_;
      return false;
    }
    char buffer[4096];
    const ssize_t size = recv(socket_.get(), buffer, sizeof buffer, 0);
    if (size <= 0) {
      ended_ = true;
      return false;
    }
    got_.append(buffer, static_cast<std::size_t>(size));
    return true;
  }

  Descriptor socket_;
  std::string got_;
  bool ended_ = false;
};

// Serves on a thread of its own until it goes. The signals of the process are not touched: the server
// reads them from a pipe.
class Running {
 public:
  using Handle = std::function<void(Request, std::shared_ptr<Responder>)>;

  explicit Running(
      Handle handle, const Limits& limits = {}, std::unique_ptr<ServerTls> tls = nullptr,
      std::function<bool()> tick = [] { return false; }) {
    auto listener = Listener::open(*read_address("127.0.0.1:0"));
    port_ = listener->port();
    std::vector<Listener> listeners;
    listeners.push_back(std::move(*listener));
    server_ = std::make_unique<Server>(std::move(listeners), limits, std::move(tls));
    int ends[2] = {-1, -1};
    EXPECT_EQ(pipe(ends), 0);
    signals_ = Descriptor(ends[0]);
    raise_ = Descriptor(ends[1]);
    Server::Handlers handlers;
    handlers.request = std::move(handle);
    handlers.tick = std::move(tick);
    handlers.hangup = [] {};
    handlers.drain = [this] { drained = true; };
    handlers.cancel = [this] { cancelled = true; };
    thread_ = std::thread([this, handlers = std::move(handlers)]() mutable {
      code = server_->run(signals_.get(), std::move(handlers));
    });
  }
  ~Running() { end(); }

  std::uint16_t port() const { return port_; }
  Server& server() { return *server_; }

  void signal(int number) {
    signalfd_siginfo info = {};
    info.ssi_signo = static_cast<std::uint32_t>(number);
    EXPECT_EQ(write(raise_.get(), &info, sizeof info), static_cast<ssize_t>(sizeof info));
  }
  void end() {
    if (!thread_.joinable()) return;
    signal(SIGTERM);
    thread_.join();
  }
  void join() { thread_.join(); }

  std::atomic<bool> drained = false, cancelled = false;
  std::atomic<int> code = -1;

 private:
  std::uint16_t port_ = 0;
  std::unique_ptr<Server> server_;
  Descriptor signals_, raise_;
  std::thread thread_;
};

// What most tests ask, and a handler that answers it.
inline constexpr std::string_view kGet = "GET /a HTTP/1.1\r\nHost: x\r\n\r\n";

inline void echo(const Request& request, const std::shared_ptr<Responder>& responder) {
  responder->respond(text_response(status::kOk, request.path + " " + request.body));
}

}  // namespace dockerhub::web
