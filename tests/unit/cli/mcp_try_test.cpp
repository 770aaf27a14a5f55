#include "mcp_try.hpp"

#include <gtest/gtest.h>

#include "exit_codes.hpp"

namespace dockerhub::cli {
namespace {

Error error_in(const char* result) {
  return error_of_tool(*json::parse(result));
}

TEST(McpTry, TakesAToolsErrorForOneOfItsKind) {
  const Error error = error_in(
      R"({"isError":true,"structuredContent":{"error":{"type":"AuthError","message":"m","hint":"h"}}})");
  EXPECT_EQ(error.message, "m");
  EXPECT_EQ(error.hint, "h");
  EXPECT_EQ(exit_code(error), kExitLogin);
  EXPECT_EQ(
      exit_code(error_in(
          R"({"structuredContent":{"error":{"type":"ApiError","message":"m","status_code":404}}})")),
      kExitNotFound);
}

TEST(McpTry, TellsTheTextOfOtherServers) {
  const Error error = error_in(R"({"isError":true,"content":[{"type":"text","text":"no luck"}]})");
  EXPECT_EQ(error.message, "The tool failed: no luck");
  EXPECT_EQ(exit_code(error), kExitFailure);
  EXPECT_EQ(exit_code(error_in(R"({"isError":true})")), kExitFailure);
}

}  // namespace
}  // namespace dockerhub::cli
