#include "base/keyed_hash.hpp"

#include <gtest/gtest.h>

namespace dockerhub {
namespace {

TEST(KeyedHash, IsTheOneOfRfc4231) {
  EXPECT_EQ(keyed_hash_hex("Jefe", "what do ya want for nothing?"),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST(KeyedHash, IsComparedAsAWhole) {
  EXPECT_TRUE(same_hash("ab", "ab"));
  EXPECT_FALSE(same_hash("ab", "ac"));
  EXPECT_FALSE(same_hash("ab", "abc"));
}

}  // namespace
}  // namespace dockerhub
