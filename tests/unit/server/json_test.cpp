#include "server/json.hpp"

#include <gtest/gtest.h>

namespace dockerhub::server {
namespace {

std::string nested(std::size_t depth) {
  return std::string(depth, '[') + std::string(depth, ']');
}

TEST(Json, IsReadUpToItsDepthLimit) {
  EXPECT_TRUE(json::parse(nested(bounded_json::kMaxDepth)));
  const auto deeper = json::parse(nested(bounded_json::kMaxDepth + 1));
  ASSERT_FALSE(deeper);
  EXPECT_TRUE(deeper.error().too_deep());
}

TEST(Json, SiblingsDoNotAddUpToDepth) {
  std::string text = "[";
  for (int i = 0; i < 1000; ++i) text += "{\"a\":[]},";
  EXPECT_TRUE(json::parse(text + "1]"));
}

TEST(Json, NumbersComeBackAsTheyWere) {
  for (const std::string text : {"18446744073709551615", "-9223372036854775808", "0.1", "1e-7"}) {
    const auto value = json::parse(text);
    ASSERT_TRUE(value) << text;
    EXPECT_EQ(json::write(*value), text);
  }
}

}  // namespace
}  // namespace dockerhub::server
