// Commands for one Redis over connections that are kept, each within one time: name, connection, TLS, log-in,
// command and answer together. The sockets, TLS and trust are those of the HTTP client. Any thread.
#pragma once

#include <chrono>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "credentials/secret.hpp"
#include "dockerhub/shared_store.hpp"
#include "http/client_parts.hpp"
#include "shared_store/redis_library.hpp"
#include "shared_store/redis_url.hpp"

namespace dockerhub {

class RedisClient {
 public:
  struct Options {
    RedisAddress address;                    // whose password is not used
    std::shared_ptr<const Secret> password;  // nullptr: no log-in
    std::chrono::milliseconds time{1000};
    http::ClientOptions client;  // of which the trust counts
  };

  // Loads what it needs, TLS too. Errors: configuration.
  static Result<std::unique_ptr<RedisClient>> create(Options options);

  // An answer that is an error is one here, too. Errors: as SharedStore::ask.
  Result<StoreReply> ask(std::span<const std::string_view> words);

 private:
  RedisClient(Options options, const RedisLibrary& library);

  Result<std::unique_ptr<http::Connection>> connect(http::WaitBounds& bounds);
  Result<void> log_in(http::Connection& connection, const http::WaitBounds& bounds) const;
  Result<StoreReply> exchange(http::Connection& connection, std::span<const std::string_view> words,
                              const http::WaitBounds& bounds) const;
  Failure unavailable(const std::string& why) const;
  Failure refused_there(std::string_view code, const std::string& what) const;
  // Of an answer to a step of the log-in.
  Failure refused_step(const StoreReply& reply, const std::string& what) const;
  Failure explain(const StoreReply& reply) const;

  const Options options_;
  const RedisLibrary& library_;
  http::ClientParts parts_;
};

}  // namespace dockerhub
