// What the copies of a server share: a Redis that all of them use (settings state.url, state.key,
// state.timeout). Keys are hashes and values are sealed, both with state.key, so that whoever reads Redis
// learns nothing from it and whoever writes there can make up nothing. hiredis is loaded with the first
// store, and OpenSSL for rediss://. Any thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dockerhub/kernel.hpp"

namespace dockerhub {

// An answer of Redis (RESP2).
struct StoreReply {
  enum class Kind { nothing, text, number, list, error };
  Kind kind = Kind::nothing;
  std::string text;  // of an error its words: "WRONGPASS invalid username-password pair"
  std::int64_t number = 0;
  std::vector<StoreReply> items;

  bool is_text(std::string_view wanted) const { return kind == Kind::text && text == wanted; }
};

class DOCKERHUB_API SharedStore {
 public:
  // nullptr where state.url is not set. Connects to nobody. Errors (configuration): a URL that is none, no
  // state.key or a short one, authorities that cannot be read.
  static Result<std::unique_ptr<SharedStore>> create(const Configuration& configuration);
  ~SharedStore();
  SharedStore(const SharedStore&) = delete;
  SharedStore& operator=(const SharedStore&) = delete;

  // The key of what is of that kind and name. Only servers with this state.key, account and Docker Hub
  // make the same one.
  std::string key(std::string_view kind, std::string_view name) const;

  Result<std::string> seal(std::string_view text, std::string_view key) const;
  // nullopt for what seal() did not make for this very key.
  std::optional<std::string> open(std::string_view sealed, std::string_view key) const;

  // One command and its answer, within state.timeout, a connection included. It is never sent twice; after
  // an error nobody knows whether it was done. Errors: configuration (the log-in is refused, or something
  // is forbidden to it), unsupported with the status 503 (slow, gone, cannot write now).
  Result<StoreReply> ask(std::span<const std::string> words);
  // A script (EVAL), which runs there as one: nothing comes in between.
  Result<StoreReply> run(std::string_view script, std::span<const std::string> keys,
                         std::span<const std::string> arguments);
  // Longest time of one command (state.timeout).
  std::chrono::milliseconds timeout() const;
  // Whether it can be written to.
  Result<void> check();

 private:
  struct Impl;
  explicit SharedStore(std::unique_ptr<Impl> impl);
  const std::unique_ptr<Impl> impl_;
};

}  // namespace dockerhub
