// A server of one test: it sends the bytes that the test wrote, right or wrong, and keeps what it was
// asked. On a free port of loopback; each connection has a thread; everything ends with the object.
#pragma once

#include <openssl/ssl.h>

#include <chrono>
#include <condition_variable>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "base/file.hpp"
#include "certificate.hpp"
#include "http/url.hpp"

namespace dockerhub::http {

// One connection, as the server's side sees it.
class Peer {
 public:
  Peer(int descriptor, SSL* tls) : descriptor_(descriptor), tls_(tls) {}

  // A request with its body (Content-Length or chunked, as sent); empty when the client closed before
  // its end.
  std::string read_request();
  // Only the head.
  std::string read_head();
  std::string read_some(std::size_t most);
  // False when the client is gone.
  bool send(std::string_view bytes);
  // Until the client closes.
  void wait_for_end();
  // The same, without reading what it sends.
  void wait_for_close();
  // Hands bytes on in both directions between this client and a port of loopback, until one side ends.
  void relay(std::uint16_t port);
  // Closes TLS in order; without it the end comes without a word.
  void close_notify();
  // The next close is a reset.
  void reset_at_end();

 private:
  bool more();

  int descriptor_;
  SSL* tls_;
  std::string buffer_;
};

class ScriptedServer {
 public:
  using Handler = std::function<void(Peer&)>;

  // What each connection does; it is closed when the function returns.
  explicit ScriptedServer(Handler handler, const Certificate* certificate = nullptr,
                          int backlog = 16);
  // The n-th request, on whatever connection, gets the n-th answer, the later ones the last; the
  // connections stay open.
  explicit ScriptedServer(std::vector<std::string> answers,
                          const Certificate* certificate = nullptr);
  // The same on a socket that is bound already, without a port of its own.
  ScriptedServer(std::vector<std::string> answers, UniqueFd bound);
  ~ScriptedServer();
  ScriptedServer(const ScriptedServer&) = delete;
  ScriptedServer& operator=(const ScriptedServer&) = delete;

  // TLS of that version (TLS1_1_VERSION) and no other; before the first connection.
  void speak_only(int version);

  std::uint16_t port() const { return port_; }
  // On "127.0.0.1", or another host that is this machine.
  Url url(const std::string& path = "/", const std::string& host = "127.0.0.1") const;

  // What was asked so far: by the scripted answers, and what handlers added.
  std::vector<std::string> requests() const;
  void journal(const std::string& request);
  int connections() const;
  // Waits until that many connections were closed by this side.
  void await_ends(int ends);
  // Waits until a handler said so with arrive().
  void await(int arrivals);
  void arrive();

 private:
  struct Served;

  Handler answering(std::vector<std::string> answers);
  void accept_all();
  void serve(Served& served);

  Handler handler_;
  std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context_{nullptr, SSL_CTX_free};
  UniqueFd listener_;
  std::uint16_t port_ = 0;

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::string> requests_;
  int connections_ = 0;
  int arrivals_ = 0;
  int ends_ = 0;
  bool ending_ = false;
  std::list<Served> served_;
  std::thread acceptor_;
};

// Bound to a free port of ::1, which `port` gets; or to a Unix socket at that path.
UniqueFd bind_ipv6(std::uint16_t& port);
UniqueFd bind_unix(const std::string& path);

// "HTTP/1.1 200 OK" with that body, and header lines ("Name: value\r\n") where given.
std::string ok(std::string_view body, std::string_view fields = {});
// "HTTP/1.1 STATUS x" without a body.
std::string status(int code, std::string_view fields = {});

}  // namespace dockerhub::http
