// What libdockerhub_redis does for this folder (kernel/redis): the protocol of Redis by hiredis, which sees
// neither sockets nor TLS. It is loaded by a server that is given a Redis. Any thread.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "dockerhub/shared_store.hpp"

namespace dockerhub {

// Reads one answer out of what comes. One thread at a time.
class RedisReader {
 public:
  virtual ~RedisReader() = default;
  // nullopt: the answer is not whole yet. The error says why it can be none.
  virtual tl::expected<std::optional<StoreReply>, std::string> take(std::string_view bytes) = 0;
};

struct RedisLibrary {
  std::string_view build;
  // The bytes of a command; empty where there is no memory for it.
  std::string (*command)(std::span<const std::string_view> words);
  // nullptr where there is no memory for it.
  std::unique_ptr<RedisReader> (*reader)();
};
inline constexpr const char* kRedisLibrarySymbol = "dh_redis_library";

// Errors: as dockerhub/late_library.hpp says.
Result<const RedisLibrary*> load_redis_library();

}  // namespace dockerhub
