#include "shared_store/redis_library.hpp"

#include "dockerhub/build_info.hpp"
#include "dockerhub/late_library.hpp"

namespace dockerhub {

Result<const RedisLibrary*> load_redis_library() {
  static constexpr LateLibrary kLibrary = {"libdockerhub_redis.so", kRedisLibrarySymbol,
                                           "sharing state with other servers"};
  return load_late<RedisLibrary>(kLibrary, kVersion);
}

}  // namespace dockerhub
