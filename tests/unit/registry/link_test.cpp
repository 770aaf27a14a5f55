#include "link.hpp"

#include <gtest/gtest.h>

#include <string>

namespace dockerhub::registry {
namespace {

TEST(StaysAt, IsSoForRelativeLinks) {
  for (const char* target : {"/v2/a", "?n=1", "list?n=1", "../a", "a?x=http://other/"}) {
    EXPECT_TRUE(stays_at(target, "r.test")) << target;
  }
}

TEST(StaysAt, IsSoForTheSameHostAndPort) {
  EXPECT_TRUE(stays_at("https://r.test/v2/", "r.test"));
  EXPECT_TRUE(stays_at("HTTPS://R.test:443/v2/", "r.test"));
  EXPECT_TRUE(stays_at("http://127.0.0.1:5000?x", "127.0.0.1:5000"));
}

TEST(StaysAt, IsNotSoForAnyOther) {
  for (const char* target :
       {"https://evil.test/v2/", "https://r.test.evil/v2/", "https://r.test:8443/", "//evil.test/",
        "https://r.test@evil.test/", "https://user@r.test/", "ftp://r.test/", "javascript:x",
        "https://evil.test#r.test", "https:///v2"}) {
    EXPECT_FALSE(stays_at(target, "r.test")) << target;
  }
}

TEST(QueryParameter, IsDecoded) {
  EXPECT_EQ(query_parameter("/v2/_catalog?last=b%2Ftwo&n=2", "last"), "b/two");
  EXPECT_EQ(query_parameter("/v2/_catalog?last=b%2Ftwo&n=2#last=x", "n"), "2");
  EXPECT_EQ(query_parameter("/x?a+b=c+d", "a b"), "c d");
  EXPECT_EQ(query_parameter("/x?last", "last"), "");
  EXPECT_EQ(query_parameter("/x?last=%zz%4", "last"), "%zz%4");
  EXPECT_EQ(query_parameter("/x?lasts=1", "last"), std::nullopt);
  EXPECT_EQ(query_parameter("/x#?last=1", "last"), std::nullopt);
}

}  // namespace
}  // namespace dockerhub::registry
