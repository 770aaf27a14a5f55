#include "message.hpp"

#include <gtest/gtest.h>

#include <optional>

namespace dockerhub::mcp {
namespace {

TEST(Message, IdsOfDifferentTypesDiffer) {
  const auto number = json::parse("7");
  const auto text = json::parse("\"7\"");
  EXPECT_NE(read_id(&*number), read_id(&*text));
  EXPECT_EQ(read_id(nullptr), std::nullopt);
}

}  // namespace
}  // namespace dockerhub::mcp
