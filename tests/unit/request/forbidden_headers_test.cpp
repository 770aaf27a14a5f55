#include "request/forbidden_headers.hpp"

#include <gtest/gtest.h>

namespace dockerhub {
namespace {

TEST(ModuleHeaders, AreFreeButForTheKernelsOwn) {
  EXPECT_TRUE(is_allowed_header("Accept", "application/json"));
  EXPECT_TRUE(is_allowed_header("X-Analytics-Client-Feature", "web"));
  EXPECT_TRUE(is_allowed_header("If-None-Match", "\"sha256:1\""));
  for (const char* name : {"Authorization", "authorization", "Cookie", "Host", "Content-Length",
                           "transfer-encoding", "Connection", "Proxy-Authorization", "proxy-x",
                           "X-Forwarded-For", "Accept-Encoding", "User-Agent", "Expect"}) {
    EXPECT_FALSE(is_allowed_header(name, "x")) << name;
  }
}

TEST(ModuleHeaders, HoldNothingThatEndsALine) {
  EXPECT_FALSE(is_allowed_header("X-A", "b\r\nAuthorization: c"));
  EXPECT_FALSE(is_allowed_header("X-A", std::string("b\0c", 3)));
  EXPECT_FALSE(is_allowed_header("X-A: b\r\nX-C", "d"));
  EXPECT_FALSE(is_allowed_header("", "d"));
  EXPECT_FALSE(is_allowed_header("X A", "d"));
}

}  // namespace
}  // namespace dockerhub
