#include "server.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>

namespace dockerhub::web {
namespace {

// Ids of what is no connection; those of connections come after the listeners'.
constexpr std::uint64_t kSignals = 0;
constexpr std::uint64_t kWakes = 1;
constexpr std::uint64_t kFirstListener = 2;
constexpr std::uint64_t kFirstConnection = 1000;

constexpr std::chrono::milliseconds kTick{1000};
constexpr std::chrono::milliseconds kForever{-1};
constexpr std::chrono::milliseconds kDrainStep{50};
constexpr std::uint32_t kConnectionEvents = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET;
// Descriptors that are not connections: listeners, modules, upstreams.
constexpr rlim_t kOtherDescriptors = 512;
constexpr std::size_t kMostAcceptedAtOnce = 256;

Remote remote_of(const in_addr& address) {
  constexpr unsigned kShift = 24;
  std::array<char, INET_ADDRSTRLEN> text = {};
  inet_ntop(AF_INET, &address, text.data(), text.size());
  const bool loopback = ntohl(address.s_addr) >> kShift == IN_LOOPBACKNET;
  return {loopback ? Peer::loopback : Peer::network, text.data()};
}

Remote remote_of(const in6_addr& address) {
  constexpr std::size_t kNetwork = 8;  // bytes
  if (IN6_IS_ADDR_V4MAPPED(&address)) {
    in_addr inside = {};
    std::memcpy(&inside, address.s6_addr + sizeof address - sizeof inside, sizeof inside);
    // As a network address: who listens on both families listens for others.
    return {Peer::network, remote_of(inside).place};
  }
  in6_addr network = address;
  std::fill(network.s6_addr + kNetwork, network.s6_addr + sizeof network, std::uint8_t{0});
  std::array<char, INET6_ADDRSTRLEN> text = {};
  inet_ntop(AF_INET6, &network, text.data(), text.size());
  const bool loopback = IN6_IS_ADDR_LOOPBACK(&address) != 0;
  return {loopback ? Peer::loopback : Peer::network, std::string(text.data()) + "/64"};
}

Remote remote_of(int socket) {
  sockaddr_storage address = {};
  socklen_t size = sizeof address;
  if (getpeername(socket, reinterpret_cast<sockaddr*>(&address), &size) != 0) return {};
  if (address.ss_family == AF_INET) {
    sockaddr_in ip = {};
    std::memcpy(&ip, &address, sizeof ip);
    return remote_of(ip.sin_addr);
  }
  if (address.ss_family == AF_INET6) {
    sockaddr_in6 ip = {};
    std::memcpy(&ip, &address, sizeof ip);
    return remote_of(ip.sin6_addr);
  }
  return {};
}

// As many descriptors as the system gives; fewer connections where that is not enough.
Limits fit_to_system(Limits limits) {
  rlimit files = {};
  if (getrlimit(RLIMIT_NOFILE, &files) != 0) return limits;
  const rlim_t wanted = limits.connections + kOtherDescriptors;
  if (files.rlim_cur < wanted) {
    files.rlim_cur = std::min(wanted, files.rlim_max);
    setrlimit(RLIMIT_NOFILE, &files);
    getrlimit(RLIMIT_NOFILE, &files);
  }
  const rlim_t usable = files.rlim_cur > 2 * kOtherDescriptors ? files.rlim_cur - kOtherDescriptors
                                                               : files.rlim_cur / 2;
  limits.connections = std::min<std::size_t>(limits.connections, usable);
  return limits;
}

}  // namespace

Server::Server(std::vector<Listener> listeners, const Limits& limits,
               std::unique_ptr<ServerTls> tls)
    : limits_(fit_to_system(limits)),
      listeners_(std::move(listeners)),
      tls_(std::move(tls)),
      poll_(epoll_create1(EPOLL_CLOEXEC)),
      wake_event_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
      host_{limits_, metrics_,
            [this](Request request, std::shared_ptr<Responder> responder) {
              handlers_.request(std::move(request), std::move(responder));
            },
            [this](std::uint64_t id) { wake(id); }},
      last_id_(kFirstConnection) {
  watch(wake_event_.get(), kWakes, EPOLLIN);
  for (std::size_t index = 0; index < listeners_.size(); ++index) {
    watch(listeners_[index].fd(), kFirstListener + index, EPOLLIN);
  }
}

Server::~Server() {
  while (!connections_.empty()) remove(connections_.begin()->first);
}

bool Server::watch(int fd, std::uint64_t id, std::uint32_t events) {
  epoll_event event = {};
  event.events = events;
  event.data.u64 = id;
  return epoll_ctl(poll_.get(), EPOLL_CTL_ADD, fd, &event) == 0;
}

int Server::run(int signals, Handlers handlers) {
  handlers_ = std::move(handlers);
  if (!poll_ || !wake_event_ || !watch(signals, kSignals, EPOLLIN)) return 0;
  // Without a connection there is no deadline.
  while (signal_ == 0) {
    step(signals, connections_.empty() && !next_tick_waited_for_ ? kForever : kTick);
  }
  begin_drain();
  for (const auto grace : {limits_.drain_time, limits_.cancel_time}) {
    const auto deadline = Clock::now() + grace;
    while (busy() && !at_once_ && Clock::now() < deadline) step(signals, kDrainStep);
    if (!busy() || at_once_) break;
    handlers_.cancel();
  }
  return signal_;
}

void Server::step(int signals, std::chrono::milliseconds wait) {
  constexpr int kEvents = 256;
  std::array<epoll_event, kEvents> events = {};
  const int count = epoll_wait(poll_.get(), events.data(), kEvents, static_cast<int>(wait.count()));
  for (int index = 0; index < count; ++index) {
    const epoll_event& event = events.at(static_cast<std::size_t>(index));
    const std::uint64_t id = event.data.u64;
    if (id == kSignals) {
      take_signal(signals);
    } else if (id == kWakes) {
      take_wakes();
    } else if (id < kFirstListener + listeners_.size()) {
      accept_all(listeners_[id - kFirstListener]);
    } else {
      ready(id, (event.events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0);
    }
  }
  // At once after a wait without end.
  if (Clock::now() - ticked_ >= std::min(wait, kTick)) tick();
}

void Server::accept_all(const Listener& listener) {
  for (std::size_t count = 0; count < kMostAcceptedAtOnce; ++count) {
    Descriptor socket(accept4(listener.fd(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
    if (!socket) {
      // Without a descriptor the connection would stay in the queue and wake us for ever.
      if ((errno == EMFILE || errno == ENFILE) && make_room()) continue;
      return;
    }
    if (listener.is_unix()) {
      add(std::move(socket), {Peer::unix_socket, {}});
      continue;
    }
    const int on = 1;
    setsockopt(socket.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    Remote remote = remote_of(socket.get());
    add(std::move(socket), std::move(remote));
  }
}

// Ends one connection between two requests, if there is one.
bool Server::make_room() {
  const auto found = std::find_if(connections_.begin(), connections_.end(),
                                  [](const auto& each) { return each.second->idle(); });
  if (found == connections_.end()) return false;
  remove(found->first);
  return true;
}

void Server::add(Descriptor socket, Remote remote) {
  ++metrics_.accepted;
  if (connections_.size() >= limits_.connections && !make_room()) {
    ++metrics_.refused;
    return;
  }
  std::unique_ptr<TlsSession> tls;
  if (tls_ && remote.peer != Peer::unix_socket) {
    tls = tls_->begin();
    if (!tls) return;
  }
  const std::uint64_t id = ++last_id_;
  const int fd = socket.get();
  connections_.emplace(id, std::make_shared<Connection>(host_, id, std::move(socket),
                                                        std::move(remote), std::move(tls)));
  if (!watch(fd, id, kConnectionEvents)) remove(id);
}

void Server::ready(std::uint64_t id, bool hung_up) {
  const auto found = connections_.find(id);
  if (found == connections_.end()) return;
  const std::shared_ptr<Connection> connection = found->second;
  if (!connection->on_ready(hung_up)) remove(id);
}

void Server::remove(std::uint64_t id) {
  const auto found = connections_.find(id);
  if (found == connections_.end()) return;
  const std::shared_ptr<Connection> connection = found->second;
  connections_.erase(found);
  // What it asked for may wait for a tick.
  next_tick_waited_for_ = true;
  epoll_ctl(poll_.get(), EPOLL_CTL_DEL, connection->fd(), nullptr);
  connection->abandon();
}

void Server::wake(std::uint64_t id) {
  {
    const std::lock_guard lock(wakes_mutex_);
    wakes_.push_back(id);
  }
  eventfd_write(wake_event_.get(), 1);
}

void Server::take_wakes() {
  eventfd_t count = 0;
  eventfd_read(wake_event_.get(), &count);
  std::vector<std::uint64_t> ids;
  {
    const std::lock_guard lock(wakes_mutex_);
    ids.swap(wakes_);
  }
  for (const std::uint64_t id : ids) ready(id, false);
}

void Server::take_signal(int signals) {
  signalfd_siginfo info = {};
  if (read(signals, &info, sizeof info) != sizeof info) return;
  if (info.ssi_signo == SIGHUP) return handlers_.hangup();
  at_once_ = signal_ != 0;
  signal_ = static_cast<int>(info.ssi_signo);
}

void Server::tick() {
  ticked_ = Clock::now();
  std::vector<std::uint64_t> ended;
  for (const auto& [id, connection] : connections_) {
    if (!connection->on_tick(ticked_)) ended.push_back(id);
  }
  for (const std::uint64_t id : ended) remove(id);
  next_tick_waited_for_ = handlers_.tick();
}

void Server::begin_drain() {
  host_.draining = true;
  for (const Listener& listener : listeners_) {
    epoll_ctl(poll_.get(), EPOLL_CTL_DEL, listener.fd(), nullptr);
  }
  listeners_.clear();
  handlers_.drain();
  tick();
}

bool Server::busy() const {
  return std::any_of(connections_.begin(), connections_.end(),
                     [](const auto& each) { return !each.second->idle(); });
}

}  // namespace dockerhub::web
