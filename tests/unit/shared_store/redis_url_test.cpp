#include "shared_store/redis_url.hpp"

#include <gtest/gtest.h>

namespace dockerhub {
namespace {

// "scheme host:port user password database", or "none".
std::string read(std::string_view text) {
  const auto address = parse_redis_url(text);
  if (!address) return "none";
  return address->origin.scheme + ' ' + address->name() + ' ' + address->user + ' ' +
         address->password + ' ' + address->database;
}

TEST(RedisUrl, HasAHostAndWhatItMayHave) {
  EXPECT_EQ(read("redis://cache"), "redis cache:6379   0");
  EXPECT_EQ(read("REDIS://Cache:7000/"), "redis cache:7000   0");
  EXPECT_EQ(read("rediss://cache/3"), "rediss cache:6379   3");
  EXPECT_EQ(read("redis://[::1]/12"), "redis [::1]:6379   12");
  EXPECT_EQ(read("redis://[::1]:80"), "redis [::1]:80   0");
}

TEST(RedisUrl, HasALogInOfAUserOrOfTheDefaultOne) {
  EXPECT_EQ(read("redis://hub:pass@cache"), "redis cache:6379 hub pass 0");
  EXPECT_EQ(read("redis://:pa%40ss%2F:@cache/1"), "redis cache:6379  pa@ss/: 1");
  EXPECT_EQ(read("redis://hub:p@ss@cache"), "redis cache:6379 hub p@ss 0");
}

TEST(RedisUrl, MayBeAUnixSocket) {
  EXPECT_EQ(read("unix:///run/redis.sock"), "http+unix /run/redis.sock   0");
  EXPECT_EQ(read("unix://hub:pass@/run/redis.sock?db=2"), "http+unix /run/redis.sock hub pass 2");
}

TEST(RedisUrl, IsNothingElse) {
  for (const char* text :
       {"", "cache:6379", "http://cache", "redis://", "redis://hub@cache", "redis://hub:@cache",
        "redis://cache/x", "redis://cache/1/2", "redis://cache/123456", "redis://cache?db=1",
        "redis://cache:0", "redis://cache:", "redis://cache:port", "redis://[::1", "redis://a b",
        "redis://x:%zz@cache", "unix://run/redis.sock",
        "unix:///run/redis.sock?db=", "unix:///run/redis.sock?a=1"}) {
    EXPECT_EQ(read(text), "none") << text;
  }
}

}  // namespace
}  // namespace dockerhub
