#include "scripted_server.hpp"

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <csignal>
#include <cstring>
#include <stdexcept>

namespace dockerhub::http {
namespace {

constexpr std::string_view kHeadEnd = "\r\n\r\n";

std::string lower(std::string text) {
  for (char& letter : text) letter = static_cast<char>(std::tolower(letter));
  return text;
}

}  // namespace

// ---- a connection

bool Peer::more() {
  std::array<char, 16384> bytes;
  const auto got = tls_ != nullptr
                       ? SSL_read(tls_, bytes.data(), static_cast<int>(bytes.size()))
                       : static_cast<int>(::recv(descriptor_, bytes.data(), bytes.size(), 0));
  if (got > 0) buffer_.append(bytes.data(), static_cast<std::size_t>(got));
  return got > 0;
}

std::string Peer::read_some(std::size_t most) {
  if (buffer_.empty() && !more()) return {};
  std::string taken = buffer_.substr(0, most);
  buffer_.erase(0, taken.size());
  return taken;
}

std::string Peer::read_head() {
  while (buffer_.find(kHeadEnd) == std::string::npos) {
    if (!more()) return {};
  }
  const std::size_t size = buffer_.find(kHeadEnd) + kHeadEnd.size();
  std::string head = buffer_.substr(0, size);
  buffer_.erase(0, size);
  return head;
}

std::string Peer::read_request() {
  std::string request = read_head();
  const std::string head = lower(request);
  constexpr std::string_view kLength = "content-length: ";
  std::size_t body = 0;
  if (const auto at = head.find(kLength); at != std::string::npos) {
    body = std::stoul(head.substr(at + kLength.size()));
  } else if (head.find("transfer-encoding: chunked") != std::string::npos) {
    constexpr std::string_view kLast = "0\r\n\r\n";
    while (buffer_.find(kLast) == std::string::npos && more()) continue;
    body = buffer_.find(kLast) + kLast.size();
  }
  while (buffer_.size() < body) {
    if (!more()) return {};
  }
  request += buffer_.substr(0, body);
  buffer_.erase(0, body);
  return request;
}

bool Peer::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto sent =
        tls_ != nullptr
            ? SSL_write(tls_, bytes.data(), static_cast<int>(bytes.size()))
            : static_cast<int>(::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL));
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

void Peer::wait_for_end() {
  while (more()) buffer_.clear();
}

void Peer::wait_for_close() {
  pollfd polled = {descriptor_, POLLRDHUP, 0};
  ::poll(&polled, 1, -1);
}

void Peer::close_notify() {
  if (tls_ != nullptr) SSL_shutdown(tls_);
}

void Peer::reset_at_end() {
  const linger now = {1, 0};
  ::setsockopt(descriptor_, SOL_SOCKET, SO_LINGER, &now, sizeof(now));
}

void Peer::relay(std::uint16_t port) {
  const UniqueFd other(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  if (::connect(other.get(), reinterpret_cast<sockaddr*>(&address), sizeof(address)) != 0) return;
  const std::array<std::pair<int, int>, 2> ways = {
      {{descriptor_, other.get()}, {other.get(), descriptor_}}};
  std::array<pollfd, 2> polled = {{{descriptor_, POLLIN, 0}, {other.get(), POLLIN, 0}}};
  std::array<char, 16384> bytes;
  while (::poll(polled.data(), polled.size(), -1) > 0) {
    for (std::size_t i = 0; i < ways.size(); ++i) {
      if (polled[i].revents == 0) continue;
      const auto [from, to] = ways[i];
      const ssize_t got = ::recv(from, bytes.data(), bytes.size(), 0);
      if (got <= 0 || ::send(to, bytes.data(), static_cast<std::size_t>(got), MSG_NOSIGNAL) != got)
        return;
    }
  }
}

// ---- the server

struct ScriptedServer::Served {
  UniqueFd descriptor;
  std::thread thread;
};

ScriptedServer::ScriptedServer(Handler handler, const Certificate* certificate, int backlog)
    : handler_(std::move(handler)), listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  // OpenSSL writes without MSG_NOSIGNAL.
  std::signal(SIGPIPE, SIG_IGN);
  if (certificate != nullptr) {
    context_.reset(SSL_CTX_new(TLS_server_method()));
    if (SSL_CTX_use_certificate_file(context_.get(), certificate->file().c_str(),
                                     SSL_FILETYPE_PEM) != 1 ||
        SSL_CTX_use_PrivateKey_file(context_.get(), certificate->key_file().c_str(),
                                    SSL_FILETYPE_PEM) != 1)
      throw std::runtime_error("certificate");
  }
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(address);
  if (::bind(listener_.get(), reinterpret_cast<sockaddr*>(&address), size) != 0 ||
      ::listen(listener_.get(), backlog) != 0 ||
      ::getsockname(listener_.get(), reinterpret_cast<sockaddr*>(&address), &size) != 0)
    throw std::runtime_error("listener");
  port_ = ntohs(address.sin_port);
  if (backlog > 0) acceptor_ = std::thread([this] { accept_all(); });
}

ScriptedServer::Handler ScriptedServer::answering(std::vector<std::string> answers) {
  return [this, answers = std::move(answers),
          next = std::make_shared<std::atomic<std::size_t>>(0)](Peer& peer) {
    for (std::string request; !(request = peer.read_request()).empty();) {
      journal(request);
      const std::size_t index = std::min(next->fetch_add(1), answers.size() - 1);
      if (!peer.send(answers[index])) return;
    }
  };
}

ScriptedServer::ScriptedServer(std::vector<std::string> answers, const Certificate* certificate)
    : ScriptedServer(answering(std::move(answers)), certificate) {}

ScriptedServer::ScriptedServer(std::vector<std::string> answers, UniqueFd bound)
    : handler_(answering(std::move(answers))), listener_(std::move(bound)) {
  constexpr int kBacklog = 16;
  if (::listen(listener_.get(), kBacklog) != 0) throw std::runtime_error("listener");
  acceptor_ = std::thread([this] { accept_all(); });
}

ScriptedServer::~ScriptedServer() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
    for (Served& served : served_) ::shutdown(served.descriptor.get(), SHUT_RDWR);
  }
  changed_.notify_all();
  ::shutdown(listener_.get(), SHUT_RDWR);
  if (acceptor_.joinable()) acceptor_.join();
  for (Served& served : served_) served.thread.join();
}

void ScriptedServer::accept_all() {
  for (;;) {
    UniqueFd accepted(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC));
    if (!accepted) return;
    const std::lock_guard lock(mutex_);
    if (ending_) return;
    ++connections_;
    Served& served = served_.emplace_back();
    served.descriptor = std::move(accepted);
    served.thread = std::thread([this, &served] { serve(served); });
  }
}

void ScriptedServer::serve(Served& served) {
  const int descriptor = served.descriptor.get();
  std::unique_ptr<SSL, decltype(&SSL_free)> tls(nullptr, SSL_free);
  if (context_) {
    tls.reset(SSL_new(context_.get()));
    SSL_set_fd(tls.get(), descriptor);
  }
  Peer peer(descriptor, tls.get());
  if (!tls || SSL_accept(tls.get()) == 1) handler_(peer);
  const std::lock_guard lock(mutex_);
  served.descriptor.reset();
  ++ends_;
  changed_.notify_all();
}

void ScriptedServer::speak_only(int version) {
  // OpenSSL's usual level of security knows nothing older than TLS 1.2.
  if (SSL_CTX_set_cipher_list(context_.get(), "DEFAULT:@SECLEVEL=0") != 1 ||
      SSL_CTX_set_min_proto_version(context_.get(), version) != 1 ||
      SSL_CTX_set_max_proto_version(context_.get(), version) != 1)
    throw std::runtime_error("version of TLS");
}

Url ScriptedServer::url(const std::string& path, const std::string& host) const {
  const std::string scheme = context_ ? "https://" : "http://";
  return parse_url(scheme + host + ':' + std::to_string(port_) + path).value();
}

void ScriptedServer::journal(const std::string& request) {
  const std::lock_guard lock(mutex_);
  requests_.push_back(request);
}

std::vector<std::string> ScriptedServer::requests() const {
  const std::lock_guard lock(mutex_);
  return requests_;
}

int ScriptedServer::connections() const {
  const std::lock_guard lock(mutex_);
  return connections_;
}

void ScriptedServer::await_ends(int ends) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return ends_ >= ends; });
}

void ScriptedServer::arrive() {
  const std::lock_guard lock(mutex_);
  ++arrivals_;
  changed_.notify_all();
}

void ScriptedServer::await(int arrivals) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return arrivals_ >= arrivals || ending_; });
}

UniqueFd bind_ipv6(std::uint16_t& port) {
  UniqueFd bound(::socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in6 address = {};
  address.sin6_family = AF_INET6;
  address.sin6_addr = in6addr_loopback;
  socklen_t size = sizeof(address);
  if (::bind(bound.get(), reinterpret_cast<sockaddr*>(&address), size) != 0 ||
      ::getsockname(bound.get(), reinterpret_cast<sockaddr*>(&address), &size) != 0)
    return UniqueFd();
  port = ntohs(address.sin6_port);
  return bound;
}

UniqueFd bind_unix(const std::string& path) {
  UniqueFd bound(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_un address = {};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path, path.c_str(), sizeof(address.sun_path) - 1);
  if (::bind(bound.get(), reinterpret_cast<sockaddr*>(&address), sizeof(address)) != 0)
    throw std::runtime_error("unix socket");
  return bound;
}

std::string ok(std::string_view body, std::string_view fields) {
  return "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" +
         std::string(fields) + "\r\n" + std::string(body);
}

std::string status(int code, std::string_view fields) {
  return "HTTP/1.1 " + std::to_string(code) + " x\r\nContent-Length: 0\r\n" + std::string(fields) +
         "\r\n";
}

}  // namespace dockerhub::http
