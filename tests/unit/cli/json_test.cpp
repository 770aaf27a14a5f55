#include "json.hpp"

#include <gtest/gtest.h>

namespace dockerhub::cli {
namespace {

TEST(IndentedJson, KeepsNumbersAsTheyAreWritten) {
  EXPECT_EQ(
      json::indented(R"({"a":200,"b":[1.50,-1e300,12345678901234567890123]})"),
      "{\n  \"a\": 200,\n  \"b\": [\n    1.50,\n    -1e300,\n    12345678901234567890123\n  ]\n}");
}

TEST(IndentedJson, LeavesOtherTextsAlone) {
  EXPECT_EQ(json::indented("{\"a\":"), "{\"a\":");
  EXPECT_EQ(json::indented("no JSON"), "no JSON");
}

}  // namespace
}  // namespace dockerhub::cli
