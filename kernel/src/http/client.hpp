// The HTTP client: connections kept alive per origin, credentials, redirects, retries, rate limits,
// deadlines. Made when first needed; nothing heavy happens in the constructor. Any thread; an Exchange
// belongs to one thread at a time.
//
// Of one logical request: at most two rounds of authorization, `max_retries` repeats after 429, 502,
// 503, 504 and failed connections (writes only where they cannot have happened, or Request::repeatable),
// five redirects of GET and HEAD, none from https to http, none to an address of this machine or of a
// private net unless the first origin is there, and no credential to another origin.
//
// Errors: ErrorKind::network (no connection, broken, malformed, truncated), timeout, cancelled, auth and
// api (429 whose wait is above the cap, with retry_after), unsupported. Error::request is "METHOD path".
// An answer of any status is a success here.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "dockerhub/kernel.hpp"
#include "http/authorizer.hpp"
#include "http/control.hpp"
#include "http/limits.hpp"
#include "http/message.hpp"
#include "http/proxy.hpp"

namespace dockerhub::http {

struct ClientOptions {
  std::string user_agent;
  std::chrono::milliseconds connect_timeout{10'000};
  std::chrono::milliseconds first_byte_timeout{30'000};  // of an answer, after the request was sent
  std::chrono::milliseconds idle_timeout{30'000};        // between two bytes
  std::chrono::milliseconds total_timeout{300'000};      // of an exchange; zero: none
  int max_retries = 3;
  std::chrono::milliseconds retry_after_cap{15'000};
  std::size_t max_unpacked = std::size_t{32} * 1024 * 1024;  // bytes of an answer that came as gzip
  ProxyRules proxies;
  std::string ca_file, ca_directory;  // empty: the system's
  bool verify_tls = true;
  std::shared_ptr<BudgetTurns> budget_turns;  // nullptr: no other process uses the same budgets
  // Redacted by its receiver. request_id: of the call that the request is for, or empty.
  std::function<void(LogLevel, std::string_view text, std::string_view request_id)> log;
};

class Exchange {
 public:
  virtual ~Exchange() = default;

  enum class Progress { done, rewind };  // rewind: write the body again from its start
  struct Written {
    std::size_t taken = 0;
    bool rewind = false;
  };
  // Bytes of a streamed body.
  virtual Result<Written> write(std::string_view bytes) = 0;
  // Ends the body and waits for the answer's head.
  virtual Result<Progress> finish() = 0;
  // After finish().
  virtual const Response& response() const = 0;
  // Bytes of the answer; 0 after the last. What is cut short or malformed is an error, never an end.
  virtual Result<std::size_t> read(char* buffer, std::size_t capacity) = 0;
  // Whether finish() or read() can go on without waiting; -1: yes, else the descriptor to poll for
  // input.
  virtual int waits_on() const = 0;
};

class Client {
 public:
  explicit Client(ClientOptions options);
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  // Begins an exchange. A request without a streamed body has been sent when this returns, where a
  // connection and a credential were at hand.
  Result<std::unique_ptr<Exchange>> open(Request request, const Control& control);
  // The whole answer; ErrorKind::api when its body is larger than `most` bytes.
  Result<Answer> fetch(Request request, const Control& control, std::size_t most);
  // The index of an exchange that can go on; ErrorKind::timeout after `time`.
  Result<std::size_t> wait(std::span<Exchange* const> exchanges, std::chrono::milliseconds time,
                           const Control& control);
  // Whether TLS is spoken there: false when the peer answers a TLS hello with something else.
  Result<bool> speaks_tls(const Origin& origin, const Control& control);

  // Makes a connection (name, TCP, TLS), which the next exchange with that origin can use.
  Result<void> connect(const Origin& origin, const Control& control);

  Limits& limits();
  // Closes idle connections.
  void close_idle();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// "Retry-After", "X-Retry-After" or "X-RateLimit-Reset" as time to wait from `now`; nullopt: not told
// or unreadable.
std::optional<std::chrono::milliseconds> retry_delay(const Headers& headers,
                                                     std::chrono::system_clock::time_point now);

// "X-RateLimit-Reset" as time from `now`, by the server's own clock where its "Date" tells it. `age`: for
// how long the answer can have lain unread; where our clock says that less is left, up to that is taken off.
std::optional<std::chrono::milliseconds> time_to_reset(const Headers& headers,
                                                       std::chrono::system_clock::time_point now,
                                                       std::chrono::milliseconds age = {});

}  // namespace dockerhub::http
